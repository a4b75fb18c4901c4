/** Codes that Intl names but ISO 3166-1 does not assign to a country. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ', 'AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA']);

/** @returns the ISO 3166-1 alpha-2 code of today for one in any case (`de`, withdrawn ones, `UK`), or null for what is none. */
export function countryOf(text: string): string | null {
  if (!/^[A-Za-z]{2}$/.test(text)) return null;
  // The canonical form turns withdrawn codes and "UK" into those of today.
  const code = new Intl.Locale(`und-${text}`).region ?? '';
  if (code.length !== 2 || NO_COUNTRY.has(code)) return null;
  return new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code) === undefined ? null : code;
}
