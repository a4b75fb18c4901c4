import { noisyDifference, type NoisyProportion, verdictOf } from '#experiments';
import { sdOfSum } from '#release';
import type { TestedStep } from '#sequencing';
import type { NoisyNumber } from '../released-results.js';
import { addDays, type DayWindow } from '../window.js';
import { armNumbers } from './arm-numbers.js';

/** How long a released number counts for a test. */
const DAYS = 364;

/** An arm of a test over all partners, compared with the first one. */
interface ProgrammeArm {
  readonly arm: string;
  readonly sent: readonly NoisyNumber[];
  readonly clicked: readonly NoisyNumber[];
  readonly difference: ReturnType<typeof noisyDifference>;
  readonly verdict: ReturnType<typeof verdictOf>;
}

/** Days whose released numbers count for a test. */
export const testDays = (today: string): DayWindow => ({ from: addDays(today, -DAYS), to: today });

/**
 * The arms of the test of a version, by released numbers.
 * @param cells of the campaign.
 */
export function programmeArms(
  cells: Parameters<typeof armNumbers>[0],
  { stepKey, of, arms, version }: TestedStep & { readonly version: number },
  now: Date,
): ProgrammeArm[] {
  const counts = arms.map((arm) => ({
    arm,
    sent: armNumbers(cells, 'partsSent', stepKey, { of, arm, version }),
    clicked: armNumbers(cells, 'partsClicked', stepKey, { of, arm, version }),
  }));
  const shares = counts.map(noisyShare);
  const comparisons = Math.max(1, arms.length - 1);
  return counts.map((count, at) => {
    const [first, own] = [shares[0], shares[at]];
    const difference =
      at === 0 || first === undefined || own === undefined ? null : noisyDifference(own, first, comparisons);
    return { ...count, difference, verdict: verdictOf(difference, null, now) };
  });
}

function noisyShare({
  sent,
  clicked,
}: {
  readonly sent: readonly NoisyNumber[];
  readonly clicked: readonly NoisyNumber[];
}): NoisyProportion {
  const sum = (numbers: readonly NoisyNumber[]): number => numbers.reduce((total, { value }) => total + value, 0);
  const sdOf = (numbers: readonly NoisyNumber[]): number => sdOfSum(numbers.map(({ sd }) => sd));
  return { done: sum(clicked), of: sum(sent), doneSd: sdOf(clicked), ofSd: sdOf(sent) };
}
