import { advance, type EnrolmentState, settled } from './advance.js';
import type { Circumstances } from './circumstances.js';
import type { EnteredSequence } from './entry.js';

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
  entered: EnteredSequence,
  standing: EnrolmentState,
  circumstances: Omit<Circumstances, 'now'>,
): UpcomingEmail | null {
  const known = { ...circumstances, now: standing.dueAt ?? standing.since };
  const { sequence, advanced } = settled(entered, standing, known);
  let state = advanced.next;
  for (let step = 0; step < MAX_STEPS && state.dueAt !== null; step += 1) {
    const now: Date = state.dueAt;
    const then = { ...circumstances, now };
    const { next, effects } = advance(sequence, state, { kind: 'due' }, then);
    const email = effects.find((effect) => effect.kind === 'act' && effect.step.kind === 'email');
    if (email?.kind === 'act') return { stepKey: email.step.key, at: now };
    if (next === state) return null;
    state = next.state === 'acting' ? advance(sequence, next, { kind: 'decided', at: now }, then).next : next;
  }
  return null;
}
