import { advance, type Circumstances, type EnrolmentState } from './advance.js';
import type { SequenceDefinition } from './sequence-definition.js';

/** More steps than any path that ends. */
const MAX_STEPS = 1_000;

/**
 * When a waiting contact gets its next e-mail, if nothing else happens. Waits
 * and branches before the e-mail are passed at their ends, and closed days are
 * left out.
 * @returns null without a further e-mail, or if only an event leads to it.
 */
export function nextEmailAt(
  sequence: SequenceDefinition,
  standing: EnrolmentState,
  circumstances: Omit<Circumstances, 'now'>,
): Date | null {
  let state = standing;
  for (let step = 0; step < MAX_STEPS && state.dueAt !== null; step += 1) {
    const now: Date = state.dueAt;
    const known = { ...circumstances, now };
    const { next, effects } = advance(sequence, state, { kind: 'due' }, known);
    if (effects.some((effect) => effect.kind === 'act' && effect.step.kind === 'email')) return now;
    if (next === state) return null;
    state = next.state === 'acting' ? advance(sequence, next, { kind: 'decided', at: now }, known).next : next;
  }
  return null;
}
