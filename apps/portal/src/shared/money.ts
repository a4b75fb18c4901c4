/** What deals are named in most; the first is what nobody has chosen yet. */
export const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'CAD', 'AUD', 'JPY'] as const;

/** How many digits a currency has behind the point (ISO 4217). */
const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An amount as people write it, in the currency's smallest unit. */
export const toMinorUnits = (value: number, currency: string): number => Math.round(value * 10 ** digitsOf(currency));

/** An amount in the currency's smallest unit, as people read it. @param locale BCP 47. */
export const formatMoney = (
  locale: string,
  { minorUnits, currency }: { readonly minorUnits: number; readonly currency: string },
): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minorUnits / 10 ** digitsOf(currency));
