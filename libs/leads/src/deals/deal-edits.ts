import type { ChangeDeal, DealField } from '#contracts';
import { DomainError } from '#kernel';
import { changedFields, type Deal } from './deal.js';

/** A deal as one change left it. */
export interface DealState extends Pick<Deal, DealField> {
  readonly by: string;
  readonly at: Date;
}

/** Who changed a field last. */
interface FieldChange {
  readonly field: DealField;
  readonly by: string;
  readonly at: string;
}

/** One decision sets all of them: a day of closing that was entered for a won deal is not one of a lost deal. */
const DECISION: readonly DealField[] = ['stage', 'closedOn', 'lostReason'];

/**
 * Refuses a change of a field that another change has set since the version that the user saw. Changes of other
 * fields stay, and so does a change to the same value.
 * @param states the deal as the user saw it, and after each change since, oldest first.
 * @throws DomainError `deal.stale`, with who changed which of these fields when.
 */
export function requireUnchanged(states: readonly DealState[], change: ChangeDeal, version: number): void {
  const [seen, current] = [states[0], states.at(-1)];
  if (seen === undefined || current === undefined) return;
  const wanted = changedFields(current, { ...current, ...change });
  const touched = new Set(wanted.some((field) => DECISION.includes(field)) ? [...wanted, ...DECISION] : wanted);
  const changes = changesIn(states).filter(({ field }) => touched.has(field));
  const [last] = changes.toSorted((one, other) => (one.at < other.at ? 1 : -1));
  if (last === undefined) return;
  throw staleDeal(
    `${last.by} changed this deal after you opened it, so your change was not saved. Look at the current values, and save again.`,
    version,
    changes,
  );
}

/** A change or withdrawal that was begun on an older state of a deal. @param changes by others since. */
export const staleDeal = (message: string, version: number, changes: readonly FieldChange[]): DomainError =>
  new DomainError('deal.stale', message, { version, changes }, { kind: 'stale' });

/** Who changed which fields last. @param states as those of `requireUnchanged`. */
export function changesIn(states: readonly DealState[]): FieldChange[] {
  const [seen, current] = [states[0], states.at(-1)];
  if (seen === undefined || current === undefined) return [];
  return changedFields(seen, current).map((field) => lastChangeOf(field, states));
}

function lastChangeOf(field: DealField, states: readonly DealState[]): FieldChange {
  const at = states.findLastIndex((state, place) => {
    const before = states[place - 1];
    return before !== undefined && changedFields(before, state).includes(field);
  });
  const state = states[at];
  if (state === undefined) throw new Error(`No change of ${field} is among the states of the deal.`);
  return { field, by: state.by, at: state.at.toISOString() };
}
