import type { ReleasedNumber } from '#contracts';
import { marginOf, sdOfSum, shownNumber, smallestShown } from '#release';

/** A released number before rounding; may be negative. */
export interface NoisyNumber {
  readonly value: number;
  /** Standard deviation of its noise. */
  readonly sd: number;
}

/**
 * The sum of released numbers, as it is shown. It adds the numbers before they
 * are rounded, so a sum may be shown of which each part is too small.
 * @returns null for no numbers.
 */
export function releasedSum(numbers: readonly NoisyNumber[]): ReleasedNumber | null {
  return numbers.length === 0 ? null : releasedNumber(numbers);
}

/** The same for at least one number. */
export function releasedNumber(numbers: readonly NoisyNumber[]): ReleasedNumber {
  const sd = sdOfSum(numbers.map((number) => number.sd));
  const value = numbers.reduce((sum, number) => sum + number.value, 0);
  return { value: shownNumber(value, sd), margin: marginOf(sd), smallest: smallestShown(sd) };
}
