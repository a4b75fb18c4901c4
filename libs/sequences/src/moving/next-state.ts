import type { RunningActivation } from '#activations';
import type { EnrolmentId, Id } from '#kernel';
import {
  advance,
  type Advance,
  type Circumstances,
  endsByExclusion,
  type EnteredSequence,
  EXCLUSION_REASONS,
  type ExclusionReason,
  type ExitReason,
  type SequenceEvent,
  settled,
  stepOf,
} from '#sequencing';
import { type Enrolled, sequenceOf, stateOf } from '../enrolment/enrolment-states.service.js';
import type { MovedByClick } from './click-reversals.service.js';

/**
 * What is no event of the contact. `machine-click`: the click that moved the
 * contact is a program's. `exclusion`: the partner's campaigns stop for it.
 * `readmission`: an exclusion or a suppression was taken back.
 */
type NoEvent = 'due' | 'leave' | 'machine-click' | 'exclusion' | 'readmission';
const NO_EVENTS: ReadonlySet<string> = new Set<NoEvent>(['due', 'leave', 'machine-click', 'exclusion', 'readmission']);
const isEvent = (kind: InboxItem['kind']): kind is SequenceEvent['kind'] => !NO_EVENTS.has(kind);

/** An inbox row: an event or a due step of one contact. */
export interface InboxItem {
  readonly id: string;
  readonly enrolmentId: EnrolmentId;
  readonly kind: SequenceEvent['kind'] | NoEvent;
  readonly name: string | null;
  /** The interaction, if its verdict may still change. */
  readonly sourceId: Id<'interaction'> | null;
  readonly at: Date;
  /**
   * A click that was later classified as a program's, or whose page was not
   * opened yet. It is processed again when the page opens.
   */
  readonly isUncertain: boolean;
}

/**
 * Contacts moved only by clicks, which a reversal can undo.
 * With other interactions it would be unclear which one moved the contact.
 */
export function movedByClicks(
  { enrolled, advanced }: { readonly enrolled: Enrolled; readonly advanced: Advance },
  turns: readonly InboxItem[],
  running: RunningActivation,
): MovedByClick[] {
  const before = stateOf(enrolled, running);
  const interactions = turns.flatMap(({ sourceId }) => sourceId ?? []);
  if (before.state !== 'waiting' || before.step === null || !turns.every(({ kind }) => kind === 'click')) return [];
  return interactions.length === 0 ? [] : [{ enrolled, before, advanced, interactions }];
}

/**
 * @returns the contact's next position after all its entries; null when nothing
 *   changes.
 */
export function nextStateOf(
  enrolled: Enrolled,
  turns: readonly InboxItem[],
  running: RunningActivation,
  circumstances: Circumstances,
  mayAct: boolean,
): Advance | null {
  const before = stateOf(enrolled, running);
  const { sequence, advanced: moved } = settled(sequenceOf(enrolled, running), before, circumstances);
  const standing = moved.next;
  const leaving = turns.find(({ kind }) => kind === 'leave');
  if (leaving !== undefined) return exitedState(standing, leavingReason(leaving));
  const exclusion = exclusionIn(sequence, turns);
  if (exclusion !== undefined) return exitedState(standing, exclusion);
  const events = turns.flatMap(({ kind, name, at }): SequenceEvent[] =>
    isEvent(kind) ? [{ kind, name: kind === 'form' ? running.landingPage : name, at }] : [],
  );
  let advanced = moved;
  if (events.length > 0) {
    const onward = advance(sequence, standing, { kind: 'happened', events }, circumstances);
    advanced = { ...onward, effects: [...moved.effects, ...onward.effects] };
  }
  const step = advanced.next.step === null ? undefined : stepOf(sequence, advanced.next.step);
  const isMail = step?.kind === 'email' && advanced.next.state === 'waiting';
  // An entry of a held activation stays; resuming adds it to the inbox again.
  const isDue = turns.some(({ kind }) => kind === 'due') && mayAct;
  if (isDue) {
    const due = advance(sequence, advanced.next, { kind: 'due' }, circumstances);
    const isActing = due.next.state === 'acting';
    // An e-mail that may be sent after all returns to the due queue.
    if (isActing && isMail) return advanced;
    // Other actions have their own job; the contact does not wait for it.
    const onward = isActing
      ? advance(sequence, due.next, { kind: 'decided', at: circumstances.now }, circumstances)
      : due;
    advanced = {
      next: onward.next,
      effects: [...advanced.effects, ...due.effects, ...(isActing ? onward.effects : [])],
    };
  }
  return advanced.next === before && advanced.effects.length === 0 ? null : advanced;
}

/** @param leaving its name is null for an opt-out, else says why it leaves. */
function leavingReason({ name }: Pick<InboxItem, 'name'>): ExitReason {
  if (name === null) return 'unsubscribed';
  return name === 'contact-gone' ? 'contact-gone' : 'suppressed';
}

/** The exclusion among the entries that ends this campaign. */
const exclusionIn = (sequence: EnteredSequence, turns: readonly InboxItem[]): ExclusionReason | undefined =>
  turns
    .filter(({ kind }) => kind === 'exclusion')
    .flatMap(({ name }) => EXCLUSION_REASONS.filter((reason) => reason === name))
    .find((reason) => endsByExclusion(sequence, reason));

/**
 * A contact that unsubscribed, has a dead address or was deleted gets nothing
 * more, in any campaign.
 */
function exitedState(standing: Advance['next'], reason: ExitReason): Advance {
  return {
    next: { ...standing, state: 'exited', step: null, dueAt: null },
    effects: [{ kind: 'exit', reason }],
  };
}
