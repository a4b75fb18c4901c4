import { alwaysValidInterval } from './always-valid.js';
import type { Difference } from './proportion.js';

/** A proportion of two counts that noise was added to. */
export interface NoisyProportion {
  readonly done: number;
  readonly of: number;
  /** Standard deviations of the noise of each count. */
  readonly doneSd: number;
  readonly ofSd: number;
}

/** Below so many standard deviations of its noise, a count says too little to divide by. */
const LEAST_SD = 4;

/**
 * The difference of two proportions of noisy counts, with an interval that holds at every look. The variance
 * of the noise is added to that of the people, to first order (delta method): the quotient is nearly normal
 * where the divisor is large.
 * @param comparisons so many intervals hold together.
 * @returns `one` minus `other`; null: a divisor is too small.
 */
export function noisyDifference(one: NoisyProportion, other: NoisyProportion, comparisons = 1): Difference | null {
  if ([one, other].some(({ of, ofSd }) => of <= 0 || of < LEAST_SD * ofSd)) return null;
  const [p, q] = [shareOf(one), shareOf(other)];
  return alwaysValidInterval({ estimate: p - q, variance: varianceOf(one, p) + varianceOf(other, q), comparisons });
}

const shareOf = ({ done, of }: NoisyProportion): number => Math.min(1, Math.max(0, done / of));

/** One case of each outcome is added (Agresti and Caffo 2000): a share of 0 or 1 has a variance, too. */
function varianceOf({ of, doneSd, ofSd }: NoisyProportion, share: number): number {
  const smoothed = (share * of + 1) / (of + 2);
  return (smoothed * (1 - smoothed)) / (of + 2) + (doneSd ** 2 + share ** 2 * ofSd ** 2) / of ** 2;
}
