import { amountOrder, currencyDigits, moneyText } from '#contracts';
import { useUserLocale } from './user-locale';

export { currencyDigits as digitsOf, moneyText as formatMoney };

/** Converts an amount to the currency's smallest unit. */
export const toMinorUnits = (value: number, currency: string): number =>
  Math.round(value * 10 ** currencyDigits(currency));

interface Amount {
  readonly minorUnits: number;
  readonly currency: string;
}

/** Sorts a column of amounts. Nothing if they are in several currencies, which cannot be compared. */
export function orderByAmount<Row>(
  rows: readonly Row[],
  amountsOf: (row: Row) => readonly Amount[],
): { readonly orderBy?: (row: Row) => number | null } {
  const orderBy = amountOrder(rows, amountsOf);
  return orderBy === null ? {} : { orderBy };
}

/** Amounts of several currencies in the user's locale; empty without any. */
export function useAmountText(): (amounts: readonly Amount[]) => string {
  const locale = useUserLocale();
  return (amounts) => amounts.map((amount) => moneyText(locale, amount)).join(', ');
}
