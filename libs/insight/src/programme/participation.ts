import { groupBy, type PartnerId } from '#kernel';
import { addDays, type DayWindow, mondayOf } from '../window.js';

/** Days in a programme; days are of the UTC calendar. */
export interface MemberDays {
  readonly partnerId: PartnerId;
  /** Null: it has not joined. */
  readonly joinedOn: string | null;
  /** The first day on which it is no longer in the programme; null: it has not left. */
  readonly leftOn: string | null;
}

/** Days on which a campaign of a partner ran, as its vendor may know them. */
export interface RunningDays {
  readonly partnerId: PartnerId;
  readonly from: string;
  /** Null: no end is planned. */
  readonly to: string | null;
}

/** How many partners took part in a period. */
export interface Participation extends DayWindow {
  /** In the programme on the last day of the period, or today. */
  readonly partners: number;
  /** Of these: had a campaign running on a day of the period. */
  readonly tookPart: number;
}

/** Runs of one partner that overlap a period. */
export const isRunningIn = (runs: readonly RunningDays[], { from, to }: DayWindow): boolean =>
  runs.some((run) => run.from <= to && (run.to === null || run.to >= from));

/**
 * Partners that launched or had something running, of those in the programme, in
 * each period. Follows from days that do not change afterwards, so a period that
 * is over stays as it was.
 * @param periods those that begin after `today` are left out.
 */
export function participation(
  members: readonly MemberDays[],
  runs: readonly RunningDays[],
  periods: readonly DayWindow[],
  today: string,
): Participation[] {
  const runsOf = groupBy(runs, ({ partnerId }) => partnerId);
  return periods
    .filter(({ from }) => from <= today)
    .map((period) => {
      const window = { from: period.from, to: period.to < today ? period.to : today };
      const there = members.filter(
        ({ joinedOn, leftOn }) => joinedOn !== null && joinedOn <= window.to && (leftOn === null || leftOn > window.to),
      );
      const tookPart = there.filter(({ partnerId }) => isRunningIn(runsOf.get(partnerId) ?? [], window)).length;
      return { ...period, partners: there.length, tookPart };
    });
}

/** The last weeks, Monday to Sunday, oldest first; the last one is that of `today`. */
export function weeksUpTo(today: string, count: number): DayWindow[] {
  const last = mondayOf(today);
  return Array.from({ length: count }, (_, at) => {
    const from = addDays(last, -7 * (count - 1 - at));
    return { from, to: addDays(from, 6) };
  });
}

/** The last quarters of the calendar, oldest first; the last one is that of `today`. */
export function quartersUpTo(today: string, count: number): DayWindow[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const last = year * 4 + Math.floor((month - 1) / 3);
  return Array.from({ length: count }, (_, at) => {
    const quarter = last - (count - 1 - at);
    return { from: startOfQuarter(quarter), to: addDays(startOfQuarter(quarter + 1), -1) };
  });
}

/** @param quarter counted from the year 0. */
const startOfQuarter = (quarter: number): string =>
  `${Math.floor(quarter / 4)}-${String((quarter % 4) * 3 + 1).padStart(2, '0')}-01`;
