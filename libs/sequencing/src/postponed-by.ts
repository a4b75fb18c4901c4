import { actionMoment } from './advance.js';
import type { Circumstances } from './circumstances.js';
import { afterWait, startOfDate } from './calendar.js';
import { holidayOf } from './open-hours.js';
import type { Postponement } from './postponement.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { following } from './sequence-graph.js';
import { isAction, type SequenceStep } from './step.js';

type Whose = Omit<Circumstances, 'now' | 'facts'>;

/** What a postponement does to a contact that waits at a step. */
export interface PostponedDate {
  readonly at: Date;
  /** The vendor has fixed the date: it stays, except for closed days. */
  readonly isFixed: boolean;
  /** The step is skipped, because its last day has passed by then. */
  readonly passes: boolean;
}

/**
 * When a waiting contact is due after a postponement: that many days later, at
 * the same time of day, or at the next time when sending is allowed.
 * A wait for a fixed date keeps that date.
 * @param whose the circumstances without this postponement.
 */
export function postponedBy(
  sequence: SequenceDefinition,
  step: SequenceStep,
  dueAt: Date,
  postponement: Postponement,
  whose: Whose,
): PostponedDate {
  const isFixed = fixedMoments(sequence, step, whose).some((date) => date.getTime() === dueAt.getTime());
  const at = isFixed
    ? dueAt
    : noLaterThanItsDate(step, dueAt, shifted(sequence, step, dueAt, postponement, whose), whose);
  if (!isAction(step)) return { at, isFixed: isFixed || at.getTime() === dueAt.getTime(), passes: false };
  const choices = { ...whose.choices, postponements: [...(whose.choices.postponements ?? []), postponement] };
  const moment = actionMoment(sequence, step, at, { ...whose, choices });
  return { at: moment ?? at, isFixed, passes: moment === null };
}

/** A wait for a time of day or a weekday ends at such a time again. */
function shifted(
  sequence: SequenceDefinition,
  step: SequenceStep,
  dueAt: Date,
  { days }: Postponement,
  { zone }: Whose,
): Date {
  const at = afterWait(dueAt, { hours: 24 * days }, zone);
  const waits = step.kind === 'wait' ? [step] : waitsBefore(sequence, step.key);
  const kept = waits.find((wait) => 'weekdays' in wait && afterWait(dueAt, wait, zone).getTime() === dueAt.getTime());
  return kept === undefined ? at : afterWait(at, kept, zone);
}

/**
 * An `until` ends no later than the first date that it waits for, even if its
 * time-out is later.
 */
function noLaterThanItsDate(step: SequenceStep, dueAt: Date, at: Date, { zone }: Whose): Date {
  if (step.kind !== 'until') return at;
  const dates = step.transitions.flatMap(({ when }) => (when.on === 'date' ? [startOfDate(when.date, zone)] : []));
  return dates.filter((date) => date >= dueAt).reduce((first, date) => (date < first ? date : first), at);
}

/**
 * When a step falls due by the vendor's fixed dates, from the waits on the
 * paths to it.
 */
function fixedMoments(sequence: SequenceDefinition, step: SequenceStep, whose: Whose): Date[] {
  if (step.kind === 'wait') return endsOf(sequence, step, whose, new Set());
  const ends = endsBefore(sequence, step.key, whose, new Set());
  if (!isAction(step)) return ends;
  const shiftDays = whose.choices.shiftDays[step.key] ?? 0;
  return ends.flatMap(
    (end) => actionMoment(sequence, step, afterWait(end, { hours: 24 * shiftDays }, whose.zone), whose) ?? [],
  );
}

type WaitStep = Extract<SequenceStep, { kind: 'wait' }>;

const waitsBefore = (sequence: SequenceDefinition, key: string): WaitStep[] =>
  sequence.steps.flatMap((step) =>
    step.kind === 'wait' && (step.next ?? following(sequence, step.key)) === key ? [step] : [],
  );

const endsBefore = (sequence: SequenceDefinition, key: string, whose: Whose, seen: ReadonlySet<string>): Date[] =>
  waitsBefore(sequence, key).flatMap((wait) => endsOf(sequence, wait, whose, seen));

function endsOf(sequence: SequenceDefinition, wait: WaitStep, whose: Whose, seen: ReadonlySet<string>): Date[] {
  if (seen.has(wait.key)) return [];
  if ('date' in wait) return [afterWait(new Date(0), wait, whose.zone)];
  const isHoliday = holidayOf(sequence, whose);
  return endsBefore(sequence, wait.key, whose, new Set([...seen, wait.key])).map((end) =>
    afterWait(end, wait, whose.zone, isHoliday),
  );
}
