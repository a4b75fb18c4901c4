import countries from 'i18n-iso-countries';
import { parseLocale } from '#kernel';
import { countryNamed } from './country-names.js';
import { lettersOf } from './plain-letters.js';

const LETTERS = Array.from({ length: 26 }, (_, n) => String.fromCharCode(97 + n));
const CODES = LETTERS.flatMap((a) => LETTERS.map((b) => a + b));

/** ISO 639-2 codes for libraries, where they differ from those for terms. */
const LIBRARY_CODES: Readonly<Record<string, string>> = {
  ger: 'de',
  fre: 'fr',
  dut: 'nl',
  cze: 'cs',
  gre: 'el',
  rum: 'ro',
  slo: 'sk',
  chi: 'zh',
  wel: 'cy',
  ice: 'is',
  alb: 'sq',
  arm: 'hy',
  baq: 'eu',
  bur: 'my',
  geo: 'ka',
  mac: 'mk',
  mao: 'mi',
  may: 'ms',
  per: 'fa',
  tib: 'bo',
  mandarin: 'zh',
  farsi: 'fa',
  castellano: 'es',
  flemish: 'nl',
  flamisch: 'nl',
  norwegian: 'no',
  norwegisch: 'no',
};

const isNamed = (tag: string): boolean =>
  new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag.split('-')[0] ?? '') !== undefined;

let languages: Map<string, string> | null = null;

/** Names of languages in 78 languages, and in each language itself: CLDR. */
function namesOfLanguages(): Map<string, string> {
  const found = new Map<string, string>(Object.entries(LIBRARY_CODES));
  const known = CODES.filter(isNamed);
  const add = (name: string | undefined, code: string): void => {
    const letters = name === undefined ? '' : lettersOf(name);
    if (letters !== '' && !found.has(letters)) found.set(letters, code);
  };
  for (const locale of ['en', ...countries.getSupportedLanguages()]) {
    const names = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
    for (const code of known) add(names.of(code), code);
  }
  return found;
}

/**
 * @returns the canonical BCP 47 tag of a tag (`en_US`), or of a language's name,
 *   also with a country: `English (US)` → `en-US`; null for other texts.
 */
export function languageNamed(text: string): string | null {
  const locale = text.split('.', 1).join('').replaceAll('_', '-');
  const tag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(locale) ? parseLocale(locale) : null;
  if (tag !== null && isNamed(tag)) return tag;
  languages ??= namesOfLanguages();
  const byName = languages.get(lettersOf(text));
  if (byName !== undefined) return byName;
  const [name = '', region = ''] = text.split(/[(),/;–—]| - /);
  const language = languages.get(lettersOf(name));
  if (language === undefined) return null;
  const country = region.trim() === '' ? null : countryNamed(region.trim());
  return country === null ? language : `${language}-${country}`;
}
