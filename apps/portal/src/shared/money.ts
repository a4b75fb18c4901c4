import { useUserLocale } from './user-locale';

/** Common currencies; the first is the default. */
export const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'CAD', 'AUD', 'JPY'] as const;

/** Number of decimals of a currency (ISO 4217). */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Converts an amount to the currency's smallest unit. */
export const toMinorUnits = (value: number, currency: string): number => Math.round(value * 10 ** digitsOf(currency));

/**
 * Formats an amount in the currency's smallest unit.
 * @param locale BCP 47.
 */
export const formatMoney = (
  locale: string,
  { minorUnits, currency }: { readonly minorUnits: number; readonly currency: string },
): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minorUnits / 10 ** digitsOf(currency));

interface Amount {
  readonly minorUnits: number;
  readonly currency: string;
}

/** Sorts a column of amounts. Nothing if they are in several currencies, which cannot be compared. */
export function orderByAmount<Row>(
  rows: readonly Row[],
  amountsOf: (row: Row) => readonly Amount[],
): { readonly orderBy?: (row: Row) => number } {
  const currencies = new Set(rows.flatMap(amountsOf).map(({ currency }) => currency));
  return currencies.size > 1 ? {} : { orderBy: (row) => amountsOf(row)[0]?.minorUnits ?? 0 };
}

/** Amounts of several currencies in the user's locale; empty without any. */
export function useAmountText(): (amounts: readonly Amount[]) => string {
  const locale = useUserLocale();
  return (amounts) => amounts.map((amount) => formatMoney(locale, amount)).join(', ');
}
