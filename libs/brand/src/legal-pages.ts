/**
 * Countries with a duty to name the provider on each page and in each business
 * e-mail: DE (§ 5 DDG), AT (§ 5 ECG), CH (Art. 3 UWG).
 */
const IMPRINT = ['DE', 'AT', 'CH'];

/**
 * Countries with a duty to tell people what is done with their data, where it
 * is collected: EU and EEA (GDPR, Art. 13), GB (UK GDPR), CH (FADP, Art. 19).
 */
const PRIVACY = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO GB CH'.split(
  ' ',
);

/** Pages that the law asks of a company, and that its messages link to. */
export type LegalPage = 'privacyUrl' | 'imprintUrl';

/**
 * Whether companies of a country need such a page before a launch.
 * @param countryCode ISO 3166-1 alpha-2; null: not known yet.
 */
export function isLegalPageNeeded(page: LegalPage, countryCode: string | null): boolean {
  return countryCode !== null && (page === 'imprintUrl' ? IMPRINT : PRIVACY).includes(countryCode);
}
