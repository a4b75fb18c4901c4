import { actionMoment, type Circumstances, holidayOf } from './advance.js';
import { afterWait, startOfDate } from './calendar.js';
import type { Postponement } from './postponement.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { following } from './sequence-graph.js';
import { isAction, type SequenceStep } from './step.js';

type Whose = Omit<Circumstances, 'now' | 'facts'>;

/** What putting off does to somebody who waits at a step. */
export interface PostponedDate {
  readonly at: Date;
  /** The vendor has fixed the date: it stays, but for the days on which nothing goes. */
  readonly isFixed: boolean;
  /** The step's last day is over by then: it is passed over. */
  readonly passes: boolean;
}

/**
 * When somebody who waits at a step falls due once everything is put off: so many days later at the same time of their day, at the next
 * moment at which they may be written to. What waits for a date goes on waiting for it, and for no more.
 * @param whose the circumstances without what is put off now.
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

/** A wait for a time of the day, or of the week, ends at such a time. */
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

/** An `until` is over on the first date that it waits for, however long it has waited. */
function noLaterThanItsDate(step: SequenceStep, dueAt: Date, at: Date, { zone }: Whose): Date {
  if (step.kind !== 'until') return at;
  const dates = step.ways.flatMap(({ when }) => (when.on === 'date' ? [startOfDate(when.date, zone)] : []));
  return dates.filter((date) => date >= dueAt).reduce((first, date) => (date < first ? date : first), at);
}

/** The moments at which a step falls due because of a date that the vendor has fixed, by the waits on the ways to it. */
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
