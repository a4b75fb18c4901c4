import { type Amount, currencyDigits } from '#contracts';
import { decimalIn, type DecimalSign } from './table-numbers.js';

/** Why a cell is no amount. */
type AmountFault =
  | 'missing'
  | 'currency-unknown'
  | 'currency-other'
  | 'amount-invalid'
  | 'amount-ambiguous'
  | 'amount-decimals'
  | 'amount-too-large';

/** What a cell has as amount, or why it is none. */
type ReadAmount =
  | Amount
  | {
      readonly reason: AmountFault;
      /** Of the cell that is wrong. */
      readonly field: 'amount' | 'currency';
      readonly value: string;
      readonly most?: Amount;
      /** Of `amount-decimals`: how many the currency has. */
      readonly decimals?: number;
    };

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
/** Spreadsheets calculate with so many digits: what is beyond the last unit is an error of the calculation. */
const EXACT_DIGITS = 15;

/**
 * An amount in whole units of its currency: `1,234.50`. Nothing is rounded: a number with more decimals than its
 * currency has is refused, unless a spreadsheet calculated it, as 0.30000000000000004.
 * @param currency of its column; empty: the amount names it, as `EUR 1,234.50`.
 * @param most the largest amount, in the smallest unit.
 */
export function amountIn(text: string, currency: string, sign: DecimalSign | null, most: number): ReadAmount {
  const named = (/[A-Za-z]{3}/.exec(text)?.[0] ?? (text.includes('€') ? 'EUR' : '')).toUpperCase();
  const code = (currency === '' ? named : currency).toUpperCase();
  if (code === '') return { reason: 'missing', field: 'currency', value: '' };
  if (!CURRENCIES.has(code)) return { reason: 'currency-unknown', field: 'currency', value: currency || named };
  if (named !== '' && named !== code) return { reason: 'currency-other', field: 'amount', value: text };
  const read = decimalIn(text.replace(/[A-Za-z]{3}|€/, ''), sign);
  if ('fault' in read || read.value < 0)
    return {
      reason: 'fault' in read && read.fault === 'ambiguous' ? 'amount-ambiguous' : 'amount-invalid',
      field: 'amount',
      value: text,
    };
  const digits = currencyDigits(code);
  if (read.decimals > digits && read.digits < EXACT_DIGITS)
    return { reason: 'amount-decimals', field: 'amount', value: text, decimals: digits };
  const minorUnits = Math.round(read.value * 10 ** digits);
  if (minorUnits > most)
    return { reason: 'amount-too-large', field: 'amount', value: text, most: { minorUnits: most, currency: code } };
  return { minorUnits, currency: code };
}
