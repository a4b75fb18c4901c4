import { directionOf, type Locale } from '#kernel';

/**
 * The attributes of an element whose words are in a language.
 * @param language BCP 47, of ours: it is not escaped.
 */
export const languageAttributes = (language: string): string =>
  `lang="${language}" dir="${directionOf(language as Locale)}"`;
