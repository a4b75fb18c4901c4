/** Codes that Intl knows but ISO 3166-1 does not assign to a country. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ', 'AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA']);

/**
 * @returns the current ISO 3166-1 alpha-2 code for a code in any case, also a
 *   withdrawn one or `UK`; null if there is none.
 */
export function countryOf(text: string): string | null {
  if (!/^[A-Za-z]{2}$/.test(text)) return null;
  // The canonical form replaces withdrawn codes and "UK".
  const code = new Intl.Locale(`und-${text}`).region ?? '';
  if (code.length !== 2 || NO_COUNTRY.has(code)) return null;
  return new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code) === undefined ? null : code;
}
