import { alwaysValidDifference } from './always-valid.js';
import { noisyDifference } from './noisy-difference.js';
import { type Comparisons, type Difference, type Proportion, proportionDifference } from './proportion.js';

/** The 0.8 quantile of the standard normal distribution: the power. */
const Z_POWER_80 = 0.841621;

interface Groups {
  /** People of the group that is expected to be better. They need not be whole. */
  readonly one: number;
  readonly other: number;
  /** The share without any effect, between 0 and 1. */
  readonly baseRate: number;
}

/** Arms of a test over all partners, as their numbers are released. */
interface ReleasedArms {
  /** Recipients of each arm. */
  readonly of: number;
  readonly baseRate: number;
  /** Standard deviations of the noise of each arm's clicks and recipients, of all releases together. */
  readonly doneSd: number;
  readonly ofSd: number;
  /** Arms that are compared with the first one. */
  readonly comparisons: number;
}

/**
 * The smallest rise above the base rate that the result of one activation shows in 80 of 100 cases: by the interval
 * that decides there, of `proportionDifference`, which is read once.
 * @returns between 0 and 1; null: a group is empty, or not even all of one group would be enough. So do the others.
 */
export function smallestInActivation({
  one,
  other,
  baseRate,
  comparisons = 1,
}: Groups & { readonly comparisons?: Comparisons }): number | null {
  return smallestFound(baseRate, (raised) => ({
    difference: proportionDifference(expected(one, raised), expected(other, baseRate), comparisons),
    variance: varianceOf(one, raised) + varianceOf(other, baseRate),
  }));
}

/**
 * The same of the hold-outs of all partners: by the interval of `alwaysValidDifference`, at one look with all of
 * them. Partners with equal shares of held out contacts need as many people as one partner alone.
 */
export function smallestInProgramme({ one, other, baseRate }: Groups): number | null {
  return smallestFound(baseRate, (raised) => ({
    difference: alwaysValidDifference([{ one: expected(one, raised), other: expected(other, baseRate) }]),
    variance: varianceOf(one, raised) + varianceOf(other, baseRate),
  }));
}

/** The same of a test over all partners: by the interval of `noisyDifference`, at one look after all releases. */
export function smallestInReleases({ of, baseRate, comparisons, ...noise }: ReleasedArms): number | null {
  const noiseOf = (share: number): number => (noise.doneSd ** 2 + share ** 2 * noise.ofSd ** 2) / of ** 2;
  return smallestFound(baseRate, (raised) => ({
    difference: noisyDifference(
      { ...expected(of, raised), ...noise },
      { ...expected(of, baseRate), ...noise },
      comparisons,
    ),
    variance: varianceOf(of, raised) + varianceOf(of, baseRate) + noiseOf(raised) + noiseOf(baseRate),
  }));
}

interface Reading {
  /** The interval of the rule, for the counts that are expected. */
  readonly difference: Difference | null;
  /** Of its estimate. */
  readonly variance: number;
}

/** @param read what is expected where the share of one group is raised to so much. */
function smallestFound(baseRate: number, read: (raised: number) => Reading): number | null {
  const isFound = (rise: number): boolean => {
    const { difference, variance } = read(baseRate + rise);
    return difference !== null && difference.from >= Z_POWER_80 * Math.sqrt(variance);
  };
  let [low, high] = [0, 1 - baseRate];
  if (!isFound(high)) return null;
  // Thirty halvings: nine digits.
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (isFound(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const expected = (of: number, share: number): Proportion => ({ done: of * share, of });

const varianceOf = (of: number, share: number): number => (share * (1 - share)) / of;
