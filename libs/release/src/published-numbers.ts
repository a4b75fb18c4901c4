/** Numbers below this many standard deviations are not shown. */
const SMALLEST_IN_SD = 4;
/** Shown numbers are multiples of it. */
const STEP = 10;
/** 95 % of a normal distribution lie within this many standard deviations. */
const SD_OF_95_PERCENT = 1.96;

/**
 * What is shown of a released number. It depends on the noisy number alone, so
 * that it reveals nothing more.
 * @param value noisy number of people, or a sum of such numbers.
 * @param sd standard deviation of its noise; of a sum, see `sdOfSum`.
 * @returns a multiple of 10, or null where noise could be most of it.
 */
export function shownNumber(value: number, sd: number): number | null {
  return value < SMALLEST_IN_SD * sd ? null : Math.max(0, Math.round(value / STEP) * STEP);
}

/** The smallest number that is shown at this noise. */
export const smallestShown = (sd: number): number => Math.ceil((SMALLEST_IN_SD * sd) / STEP) * STEP;

/** The margin (±) within which 95 % of released numbers are, in people. */
export const marginOf = (sd: number): number => Math.ceil(SD_OF_95_PERCENT * sd);

/** Standard deviation of a sum of numbers with independent noise. */
export const sdOfSum = (sds: readonly number[]): number => Math.sqrt(sds.reduce((sum, sd) => sum + sd * sd, 0));
