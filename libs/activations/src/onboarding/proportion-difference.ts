/** So many of a number of cases. */
export interface Proportion {
  readonly done: number;
  readonly partners: number;
}

interface Difference {
  readonly estimate: number;
  readonly from: number;
  readonly to: number;
}

/** The 0.975 quantile of the standard normal distribution: two-sided 95 %. */
const Z = 1.959964;

/**
 * The difference of two independent proportions, with its 95 % interval: Newcombe's
 * hybrid of two Wilson intervals, which also holds for few cases and for shares of 0 and 1,
 * where the usual one has width 0.
 *
 * Newcombe, Interval estimation for the difference between independent proportions:
 * comparison of eleven methods. Statistics in Medicine 17 (1998), method 10.
 *
 * @returns `one` minus `other`; null: a group is empty.
 */
export function proportionDifference(one: Proportion, other: Proportion): Difference | null {
  if (one.partners === 0 || other.partners === 0) return null;
  const [p, q] = [one.done / one.partners, other.done / other.partners];
  const [ofOne, ofOther] = [wilson(one), wilson(other)];
  return {
    estimate: p - q,
    from: p - q - Math.hypot(p - ofOne.from, ofOther.to - q),
    to: p - q + Math.hypot(ofOne.to - p, q - ofOther.from),
  };
}

/** Wilson's score interval, 1927. */
function wilson({ done, partners }: Proportion): { readonly from: number; readonly to: number } {
  const share = done / partners;
  const middle = (share + Z ** 2 / (2 * partners)) / (1 + Z ** 2 / partners);
  const half =
    (Z * Math.sqrt((share * (1 - share)) / partners + Z ** 2 / (4 * partners ** 2))) / (1 + Z ** 2 / partners);
  return { from: Math.max(0, middle - half), to: Math.min(1, middle + half) };
}
