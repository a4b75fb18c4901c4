import type { Amount } from '#contracts';
import { type DecimalSign, numberIn } from './table-numbers.js';

/**
 * An amount in whole units of its currency: `1,234.50`.
 * @param currency of its column; empty: the amount names it, as `EUR 1,234.50`.
 * @returns undefined if it is no amount. How large it may be is the caller's rule.
 */
export function amountIn(text: string, currency: string, sign: DecimalSign | null): Amount | undefined {
  const named = /[A-Z]{3}/.exec(text)?.[0] ?? (text.includes('€') ? 'EUR' : undefined);
  const code = currency === '' ? named : currency.toUpperCase();
  const value = numberIn(text.replace(/[A-Z]{3}|€/, ''), sign);
  if (code === undefined || value === undefined || !Intl.supportedValuesOf('currency').includes(code)) return undefined;
  const minorUnits = Math.round(value * 10 ** digitsOf(code));
  return Number.isFinite(minorUnits) && minorUnits >= 0 ? { minorUnits, currency: code } : undefined;
}

/** An amount in whole units of its currency. */
export const wholeUnits = ({ minorUnits, currency }: Amount): number => minorUnits / 10 ** digitsOf(currency);

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
