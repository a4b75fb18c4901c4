import { directionOf, type Locale } from '#kernel';

/**
 * The first wanted language that a text exists in, else English.
 * @param wanted BCP 47, the best first; null where it is not known.
 */
export function languageAmong<Language extends string>(
  written: readonly (Language | 'en')[],
  wanted: readonly (string | null)[],
): Language | 'en' {
  for (const tag of wanted) {
    const language = tag?.split('-')[0]?.toLowerCase();
    const found = written.find((one) => one === language);
    if (found !== undefined) return found;
  }
  return 'en';
}

/**
 * The attributes of an element whose words are in a language.
 * @param language BCP 47, of ours: it is not escaped.
 */
export const languageAttributes = (language: string): string =>
  `lang="${language}" dir="${directionOf(language as Locale)}"`;

/**
 * A name within words that may run the other way (Unicode's first strong
 * isolate).
 */
export const isolated = (name: string): string => `\u2068${name}\u2069`;
