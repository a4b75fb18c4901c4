import type { Difference } from './proportion.js';
import type { verdictOf } from './horizon.js';

interface ComparedArm {
  /** To the first arm; null: it is the first one, or too few people got it. */
  readonly difference: Difference | null;
  readonly verdict: ReturnType<typeof verdictOf>;
}

/**
 * The arm that a test has found to be the best, once each arm is decided against the first: the one above the
 * first, or the first itself where all others are below it. Of several above it, the one whose interval lies
 * wholly above those of the others.
 * @param arms the first is the one that the others are compared with.
 * @returns null: nothing is found yet, or there is nothing to find.
 */
export function winnerAmong<Arm extends ComparedArm>(arms: readonly Arm[]): Arm | null {
  const [first, ...others] = arms;
  if (first === undefined || others.length === 0) return null;
  if (!others.every(({ verdict }) => verdict === 'better' || verdict === 'worse')) return null;
  const better = others.filter(({ verdict }) => verdict === 'better');
  const [best, ...rest] = better.toSorted((one, other) => lowest(other) - lowest(one));
  if (best === undefined) return first;
  return rest.every(({ difference }) => (difference?.to ?? 0) < lowest(best)) ? best : null;
}

const lowest = ({ difference }: ComparedArm): number => difference?.from ?? 0;
