interface Money {
  readonly minorUnits: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** Decimals of a currency: 2 of EUR, 0 of JPY, 3 of KWD. */
export const currencyDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** `€12,400.50`. @param locale BCP 47. */
export const moneyText = (locale: string, { minorUnits, currency }: Money): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minorUnits / 10 ** currencyDigits(currency));

/**
 * What a column of amounts is sorted by; null if they are in several currencies, which cannot be compared. A row
 * without an amount has an empty cell.
 */
export function amountOrder<Row>(
  rows: readonly Row[],
  amountsOf: (row: Row) => readonly Money[],
): ((row: Row) => number | null) | null {
  const currencies = new Set(rows.flatMap(amountsOf).map(({ currency }) => currency));
  return currencies.size > 1 ? null : (row) => amountsOf(row)[0]?.minorUnits ?? null;
}
