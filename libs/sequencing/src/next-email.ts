import { advance, type Circumstances, type EnrolmentState } from './advance.js';
import type { SequenceDefinition } from './sequence-definition.js';

/** More steps than any path that ends. */
const MAX_STEPS = 1_000;

/** An e-mail that is still to come. */
export interface UpcomingEmail {
  readonly stepKey: string;
  readonly at: Date;
}

/**
 * The next e-mail of a waiting contact, if nothing else happens. Waits and
 * branches before it are passed at their ends, and closed days are left out.
 * @returns null without a further e-mail, or if only an event leads to it.
 */
export function nextEmail(
  sequence: SequenceDefinition,
  standing: EnrolmentState,
  circumstances: Omit<Circumstances, 'now'>,
): UpcomingEmail | null {
  let state = standing;
  for (let step = 0; step < MAX_STEPS && state.dueAt !== null; step += 1) {
    const now: Date = state.dueAt;
    const known = { ...circumstances, now };
    const { next, effects } = advance(sequence, state, { kind: 'due' }, known);
    const email = effects.find((effect) => effect.kind === 'act' && effect.step.kind === 'email');
    if (email?.kind === 'act') return { stepKey: email.step.key, at: now };
    if (next === state) return null;
    state = next.state === 'acting' ? advance(sequence, next, { kind: 'decided', at: now }, known).next : next;
  }
  return null;
}
