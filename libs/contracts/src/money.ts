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
