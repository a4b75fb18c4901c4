/** Where a reader is, ISO 3166. */
export interface ReaderPlace {
  /** Chosen by the person; null or absent: no choice. */
  readonly region?: string | null | undefined;
  /** Of the organisation; null or absent: unknown. */
  readonly countryCode?: string | null | undefined;
}

const mainLanguage = (countryCode: string): string => new Intl.Locale(`und-${countryCode}`).maximize().language;

/**
 * The locale in which dates and numbers are written for a reader: a language
 * with the region that the person chose, else with the organisation's country
 * if its people mainly speak this language. Other readers of English get
 * international English, day before month: plain `en` writes as in the United
 * States.
 * @param language in which the text is, BCP 47.
 */
export function readerLocale(language: string, { region, countryCode }: ReaderPlace): string {
  const base = language.split('-')[0]?.toLowerCase() ?? 'en';
  if (region != null) return `${base}-${region}`;
  if (countryCode != null && mainLanguage(countryCode) === base) return `${base}-${countryCode}`;
  return base === 'en' ? 'en-001' : base;
}
