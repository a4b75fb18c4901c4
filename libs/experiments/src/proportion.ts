/** So many of a number of cases. */
export interface Proportion {
  readonly done: number;
  readonly of: number;
}

/** A difference of two proportions, between -1 and 1, with its interval. */
export interface Difference {
  readonly estimate: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Quantiles of the standard normal distribution for one, two and three intervals that hold together in 95 of
 * 100 cases: two-sided 95 %, 97.5 % and 98.33 % (Bonferroni).
 */
const QUANTILES = { 1: 1.959964, 2: 2.241403, 3: 2.39398 } as const;

/** How many groups are compared with one other. */
export type Comparisons = keyof typeof QUANTILES;

/**
 * The difference of two independent proportions, with its 95 % interval: Newcombe's
 * hybrid of two Wilson intervals, which also holds for few cases and for shares of 0 and 1,
 * where the usual one has width 0.
 *
 * Newcombe, Interval estimation for the difference between independent proportions:
 * comparison of eleven methods. Statistics in Medicine 17 (1998), method 10.
 *
 * @param comparisons so many intervals hold together.
 * @returns `one` minus `other`; null: a group is empty.
 */
export function proportionDifference(
  one: Proportion,
  other: Proportion,
  comparisons: Comparisons = 1,
): Difference | null {
  if (one.of === 0 || other.of === 0) return null;
  const [p, q] = [one.done / one.of, other.done / other.of];
  const z = QUANTILES[comparisons];
  const [ofOne, ofOther] = [wilson(one, z), wilson(other, z)];
  return {
    estimate: p - q,
    from: p - q - Math.hypot(p - ofOne.from, ofOther.to - q),
    to: p - q + Math.hypot(ofOne.to - p, q - ofOther.from),
  };
}

/** Wilson's score interval, 1927. */
function wilson({ done, of }: Proportion, z: number): { readonly from: number; readonly to: number } {
  const share = done / of;
  const middle = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  return { from: Math.max(0, middle - half), to: Math.min(1, middle + half) };
}
