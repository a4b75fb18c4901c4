import { currencyDigits, moneyText, type UserLanguage } from '#contracts';
import { isWithheld } from './withheld-cell.js';

interface Amount {
  readonly minorUnits: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** Sums of a cell, one for each currency. */
export interface MoneyCell {
  readonly amounts: readonly Amount[];
}

/** Columns with amounts. A table that has one has a column `currency`, too. */
const MONEY_COLUMNS: readonly string[] = [
  'amount',
  'refunded',
  'costs',
  'open',
  'money-won',
  'money-open',
  'money-lost',
  'wonByName',
  'wonTogether',
  'costPerLead',
  'costPerWonDeal',
  'credit-first',
  'credit-last',
  'credit-linear',
  'credit-u-shaped',
  'credit-w-shaped',
  'credit-time-decay',
  'credit-markov',
  'credit-shapley',
];

/**
 * The only way in which a table has money. As CSV it is a plain decimal number with all digits of its currency,
 * `1234.50`, and the currency is in the column `currency`. Sums of several currencies are a row for each.
 * @param amounts null: none is known.
 */
export const moneyCell = (amounts: Amount | readonly Amount[] | null): MoneyCell => ({
  amounts: amounts === null ? [] : 'currency' in amounts ? [amounts] : amounts,
});

export const isMoney = (cell: unknown): cell is MoneyCell =>
  cell !== null && typeof cell === 'object' && 'amounts' in cell;

/**
 * `1234.50`, to the cent also where a floating-point number of whole units is not. With three decimals, as of KWD, a
 * fourth one follows, because an import cannot tell whether `12.375` is of thousands.
 */
function decimalText({ minorUnits, currency }: Amount): string {
  const digits = currencyDigits(currency);
  const units = String(Math.abs(minorUnits)).padStart(digits + 1, '0');
  const decimals = digits === 0 ? '' : `.${units.slice(-digits)}${digits === 3 ? '0' : ''}`;
  return `${minorUnits < 0 ? '-' : ''}${units.slice(0, units.length - digits)}${decimals}`;
}

/** An amount without its currency, which is in a column of its own. */
interface AmountText {
  /** With the decimal point. */
  readonly amount: string;
}

export const isAmountText = (cell: unknown): cell is AmountText =>
  cell !== null && typeof cell === 'object' && 'amount' in cell;

/** `€1,200.00; £50.00`, on a page. */
export const moneyOnPaper = ({ amounts }: MoneyCell, language: UserLanguage): string =>
  amounts.map((amount) => moneyText(language, amount)).join('; ');

type Written<Cell> = readonly (Exclude<Cell, MoneyCell> | AmountText | string | null)[];

/**
 * A row for each currency of the amounts in a row, in the order of currency codes; one without any. Names are in each
 * of them. Numbers that are of no currency, such as leads, are in the first one alone, so that a column adds up.
 * @throws Error for money in a column that is not of money, or the reverse.
 */
export function rowsByCurrency<Cell>(columns: readonly string[], row: readonly Cell[]): Written<Cell>[] {
  checkMoney(columns, row);
  // Rows of other tables stay as they are.
  const hasMoney = columns.some((column) => MONEY_COLUMNS.includes(column));
  const amounts = row.flatMap((cell) => (isMoney(cell) ? cell.amounts : []));
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].sort();
  return (currencies.length === 0 ? [null] : currencies).map((currency, at) =>
    row.map((cell, place) => {
      if (hasMoney && columns[place] === 'currency') return currency;
      if (!isMoney(cell)) return at > 0 && typeof cell === 'number' ? null : (cell as Exclude<Cell, MoneyCell>);
      const own = cell.amounts.find((amount) => amount.currency === currency);
      return own === undefined ? null : { amount: decimalText(own) };
    }),
  );
}

function checkMoney(columns: readonly string[], row: readonly unknown[]): void {
  for (const [at, column] of columns.entries()) {
    const cell = row[at] ?? null;
    const isOfMoney = MONEY_COLUMNS.includes(column);
    if (isOfMoney && !columns.includes('currency'))
      throw new Error(`A table with money in "${column}" has no column "currency"`);
    if (isOfMoney ? cell !== null && !isMoney(cell) && !isWithheld(cell) : isMoney(cell))
      throw new Error(
        `Column "${column}" ${isOfMoney ? 'is of money: use moneyCell' : 'is not listed as one of money'}`,
      );
  }
}
