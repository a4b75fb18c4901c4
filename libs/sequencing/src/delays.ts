import { sendTimeOf } from './arms.js';
import type { Circumstances } from './circumstances.js';
import { type Closure, closuresUntil, startOfDate } from './calendar.js';
import { holidayOf, openHours } from './open-hours.js';
import type { SequenceDefinition } from './sequence-definition.js';
import type { ActionStep } from './step.js';

/** What makes an action later than its steps alone. */
export type DelayReason =
  | 'not-before'
  | 'holiday'
  | 'blackout'
  | 'closed-weekday'
  | 'outside-window'
  | 'test-time'
  | 'quiet-hours';

export interface Delay {
  readonly reason: DelayReason;
  /** From when on that keeps it back. */
  readonly since: Date;
}

/**
 * Why an action comes at `at` and not at `wanted`, its time by the steps alone.
 * Oldest first, each reason once; empty if nothing delays it.
 * Postponements are left out: the user who postponed knows them.
 */
export function delaysOf(
  sequence: SequenceDefinition,
  step: ActionStep,
  { wanted, at }: { readonly wanted: Date; readonly at: Date },
  circumstances: Pick<Circumstances, 'zone' | 'country' | 'choices' | 'arm'>,
): Delay[] {
  const { zone } = circumstances;
  const moves: Delay[] = [];
  let from = wanted;
  if (step.valid?.from !== undefined && startOfDate(step.valid.from, zone) > from) {
    moves.push({ reason: 'not-before', since: from });
    from = startOfDate(step.valid.from, zone);
  }
  // What is no e-mail is done at any hour.
  if (step.kind !== 'email' || at <= from) return moves;
  const isHoliday = holidayOf(sequence, circumstances);
  const isTimeTested = sendTimeOf(step, circumstances.arm) !== null;
  for (const { why, date, since } of closuresUntil(at, from, zone, openHours(sequence, step, circumstances))) {
    // A day begins before its hours do: that follows from the day.
    if (why === 'outside-window' && from > wanted) continue;
    const reason = reasonOf(why, isTimeTested, isHoliday(date));
    if (!moves.some((known) => known.reason === reason)) moves.push({ reason, since });
  }
  return moves;
}

/** A tested time is a part of the window: the test delays what the window would let through. */
function reasonOf(why: Closure['why'], isTimeTested: boolean, isHoliday: boolean): DelayReason {
  if (why === 'closed-date') return isHoliday ? 'holiday' : 'blackout';
  return isTimeTested && why !== 'quiet-hours' ? 'test-time' : why;
}
