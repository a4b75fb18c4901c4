import type { Difference } from './proportion.js';
import type { verdictOf } from './horizon.js';

interface ComparedArm {
  /** To the first arm; null: it is the first one, or too few people got it. */
  readonly difference: Difference | null;
  readonly verdict: ReturnType<typeof verdictOf>;
}

/**
 * The arm that a test has found to be the best: the one furthest above the first, or the first itself where all
 * others are below it.
 * @param arms the first is the one that the others are compared with.
 * @returns null: nothing is found yet, or there is nothing to find.
 */
export function winnerAmong<Arm extends ComparedArm>(arms: readonly Arm[]): Arm | null {
  const [first, ...others] = arms;
  if (first === undefined || others.length === 0) return null;
  const better = others.filter(({ verdict }) => verdict === 'better');
  const [best] = better.toSorted((one, other) => (other.difference?.estimate ?? 0) - (one.difference?.estimate ?? 0));
  if (best !== undefined) return best;
  return others.every(({ verdict }) => verdict === 'worse') ? first : null;
}
