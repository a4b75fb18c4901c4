import { type Amount, currencyDigits } from '#contracts';
import { type DecimalSign, numberIn } from './table-numbers.js';

/** What a cell has as amount, or why it is none. */
type ReadAmount =
  | Amount
  | {
      readonly reason: 'missing' | 'currency-unknown' | 'value-invalid' | 'amount-too-large';
      /** Of the cell that is wrong. */
      readonly field: 'amount' | 'currency';
      readonly value: string;
      readonly most?: Amount;
    };

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/**
 * An amount in whole units of its currency: `1,234.50`.
 * @param currency of its column; empty: the amount names it, as `EUR 1,234.50`.
 * @param most the largest amount, in the smallest unit.
 */
export function amountIn(text: string, currency: string, sign: DecimalSign | null, most: number): ReadAmount {
  const named = /[A-Za-z]{3}/.exec(text)?.[0] ?? (text.includes('€') ? 'EUR' : '');
  const code = (currency === '' ? named : currency).toUpperCase();
  if (code === '') return { reason: 'missing', field: 'currency', value: '' };
  if (!CURRENCIES.has(code)) return { reason: 'currency-unknown', field: 'currency', value: currency || named };
  const value = numberIn(text.replace(/[A-Za-z]{3}|€/, ''), sign);
  if (value === undefined || value < 0) return { reason: 'value-invalid', field: 'amount', value: text };
  const minorUnits = Math.round(value * 10 ** currencyDigits(code));
  if (minorUnits > most)
    return { reason: 'amount-too-large', field: 'amount', value: text, most: { minorUnits: most, currency: code } };
  return { minorUnits, currency: code };
}
