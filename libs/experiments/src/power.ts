/** The 0.975 and the 0.8 quantile of the standard normal distribution. */
const Z_TWO_SIDED_95 = 1.959964;
const Z_POWER_80 = 0.841621;

interface Groups {
  readonly one: number;
  readonly other: number;
  /** The share without any effect, between 0 and 1. */
  readonly baseRate: number;
}

/**
 * The smallest rise above the base rate that a comparison of two groups finds in 80 of 100 tests, with at
 * most 5 of 100 that find one where there is none. Fleiss, Statistical methods for rates and proportions
 * (1981), without the correction for continuity.
 * @returns between 0 and 1; null: a group is empty, or not even all of one group would be enough.
 */
export function smallestDifference(groups: Groups): number | null {
  if (groups.one === 0 || groups.other === 0) return null;
  const most = 1 - groups.baseRate;
  if (!isFound(groups, most)) return null;
  let [low, high] = [0, most];
  // Thirty halvings: nine digits.
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (isFound(groups, middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether a rise of `difference` in the first group is found in 80 of 100 tests. */
function isFound({ one, other, baseRate }: Groups, difference: number): boolean {
  const raised = baseRate + difference;
  const pooled = (one * raised + other * baseRate) / (one + other);
  const without = Math.sqrt(pooled * (1 - pooled) * (1 / one + 1 / other));
  const withEffect = Math.sqrt((raised * (1 - raised)) / one + (baseRate * (1 - baseRate)) / other);
  return difference >= Z_TWO_SIDED_95 * without + Z_POWER_80 * withEffect;
}
