import { domainToUnicode } from 'node:url';
import { asciiHost } from '#contracts';

/** Letters of languages: no phonetic letters, no clicks. */
const LATIN = /^[a-zß-öø-ſơưșțẁ-ẅạ-ỹ]$/u;
const SCRIPTS = (
  'Cyrillic Greek Armenian Hebrew Arabic Thaana Devanagari Bengali Gurmukhi Gujarati Oriya Tamil ' +
  'Telugu Kannada Malayalam Sinhala Thai Lao Khmer Myanmar Tibetan Georgian Ethiopic Han Hiragana ' +
  'Katakana Hangul Bopomofo'
)
  .split(' ')
  .map((name) => ({ name, letter: new RegExp(`^\\p{scx=${name}}$`, 'u') }));
/** Scripts that one language combines. */
const COMBINED_SCRIPTS: Readonly<Record<string, string>> = {
  Hiragana: 'Japanese',
  Katakana: 'Japanese',
  Hangul: 'Korean',
  Bopomofo: 'Chinese',
};
const EAST_ASIAN = ['Japanese', 'Korean', 'Chinese'];
/** UTS #39: Cyrillic, Greek and Armenian letters that look like Latin ones. */
const LATIN_LOOKING = new Set('аысԁеԍһіюјӏкорԗԛѕԝхуъьҽпгѵѡαικνρυωηοτεχցհոսօզյք');

/** Scripts that a letter belongs to; empty for other characters. */
function scriptsOf(letter: string): readonly string[] {
  if (LATIN.test(letter)) return ['Latin'];
  if (!/[\p{L}\p{M}]/u.test(letter)) return [];
  return SCRIPTS.filter(({ letter: of }) => of.test(letter)).flatMap(({ name }) =>
    name === 'Han' ? EAST_ASIAN : [COMBINED_SCRIPTS[name] ?? name],
  );
}

/**
 * Scripts that all letters of a name belong to; every script if it has no
 * letters.
 */
function commonScripts(name: string): ReadonlySet<string> {
  const all = new Set(['Latin', ...EAST_ASIAN, ...SCRIPTS.map(({ name: script }) => script)]);
  return [...name.replace(/[0-9-]/g, '')].reduce<ReadonlySet<string>>(
    (shared, letter) => new Set(scriptsOf(letter).filter((one) => shared.has(one))),
    all,
  );
}

/**
 * A host name in Unicode (RFC 5891), if it cannot be confused with another. No
 * label may mix scripts, or consist of Latin lookalikes below a top-level
 * domain of another script (UTS #39).
 * @param host in ASCII form.
 * @returns null for a host that must not be displayed in Unicode or linked to.
 */
export function unicodeHost(host: string): string | null {
  if (!/(?:^|\.)xn--/.test(host)) return host;
  const letters = domainToUnicode(host);
  // A host that is not encoded in the canonical form decodes to another one.
  if (asciiHost(letters) !== host) return null;
  const names = letters.split('.');
  const ending = commonScripts(names.at(-1) ?? '');
  const isPlain = (name: string): boolean => {
    const writing = commonScripts(name);
    const bare = [...name.replace(/[0-9-]/g, '')];
    const isDisguised = bare.length > 0 && bare.every((letter) => LATIN_LOOKING.has(letter));
    return writing.size > 0 && (!isDisguised || [...writing].some((one) => ending.has(one)));
  };
  return names.every(isPlain) ? letters : null;
}
