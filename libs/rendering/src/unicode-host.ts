import { domainToASCII, domainToUnicode } from 'node:url';

/** Those of languages: no phonetic ones, no clicks. */
const LATIN = /^[a-zß-öø-ſơưșțẁ-ẅạ-ỹ]$/u;
const SCRIPTS =
  'Cyrillic Greek Armenian Hebrew Arabic Thaana Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Myanmar Tibetan Georgian Ethiopic Han Hiragana Katakana Hangul Bopomofo'
    .split(' ')
    .map((name) => ({ name, letter: new RegExp(`^\\p{scx=${name}}$`, 'u') }));
/** Written together. */
const COMBINED_SCRIPTS: Readonly<Record<string, string>> = {
  Hiragana: 'Japanese',
  Katakana: 'Japanese',
  Hangul: 'Korean',
  Bopomofo: 'Chinese',
};
const EAST_ASIAN = ['Japanese', 'Korean', 'Chinese'];
/** UTS #39: Cyrillic, Greek and Armenian letters that look like Latin ones. */
const LATIN_LOOKING = new Set('аысԁеԍһіюјӏкорԗԛѕԝхуъьҽпгѵѡαικνρυωηοτεχցհոսօզյք');

/** In what a letter may be written; empty for what is none. */
function scriptsOf(letter: string): readonly string[] {
  if (LATIN.test(letter)) return ['Latin'];
  if (!/[\p{L}\p{M}]/u.test(letter)) return [];
  return SCRIPTS.filter(({ letter: of }) => of.test(letter)).flatMap(({ name }) =>
    name === 'Han' ? EAST_ASIAN : [COMBINED_SCRIPTS[name] ?? name],
  );
}

/** In what all letters of a name may be written; every writing there is where it has no letters. */
function commonScripts(name: string): ReadonlySet<string> {
  const all = new Set(['Latin', ...EAST_ASIAN, ...SCRIPTS.map(({ name: script }) => script)]);
  return [...name.replace(/[0-9-]/g, '')].reduce<ReadonlySet<string>>(
    (shared, letter) => new Set(scriptsOf(letter).filter((one) => shared.has(one))),
    all,
  );
}

/**
 * A host in its own letters (RFC 5891), where nobody takes it for another: no name of it mixes scripts, none is made of letters that look like
 * Latin ones under an ending of another script (UTS #39).
 * @param host in its ASCII form. @returns null for a host that is not to be shown so, and not to be linked to.
 */
export function unicodeHost(host: string): string | null {
  if (!/(?:^|\.)xn--/.test(host)) return host;
  const letters = domainToUnicode(host);
  // What is not written in the one right way is decoded to something else.
  if (domainToASCII(letters) !== host) return null;
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
