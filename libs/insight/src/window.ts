import type { INSIGHT_PERIODS } from '#contracts';
import { DomainError, DAY_MS } from '#kernel';

const MAX_DAYS = 400;
const USUAL_DAYS = 28;

/** Days in UTC, `2026-11-17`, both included. */
export interface DayWindow {
  readonly from: string;
  readonly to: string;
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const atOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const addDays = (day: string, days: number): string => dayOf(new Date(atOf(day) + days * DAY_MS));

/**
 * The requested window. Default: `usualDays` up to today, or up to `to`.
 * @throws DomainError `insight.window` when it ends before it begins or exceeds
 *   400 days.
 */
export function windowOf(
  asked: { from?: string | undefined; to?: string | undefined },
  today: string,
  usualDays = USUAL_DAYS,
): DayWindow {
  const to = asked.to ?? today;
  const from = asked.from ?? addDays(to, 1 - usualDays);
  if (from > to)
    throw new DomainError(
      'insight.window',
      'The window ends before it begins. Choose a "from" that is not after "to".',
      {
        field: 'from',
      },
    );
  if ((atOf(to) - atOf(from)) / DAY_MS >= MAX_DAYS)
    throw new DomainError('insight.window', `A window has at most ${MAX_DAYS} days. Choose a later "from".`, {
      field: 'from',
    });
  return { from, to };
}

/** A period up to today, by its name. */
export type Period = (typeof INSIGHT_PERIODS)[number];

/**
 * @param startedOn the first day on which there can be a number; null: none
 *   yet.
 */
export function periodOf(period: Period, today: string, startedOn: string | null): DayWindow {
  const from = {
    '4-weeks': addDays(today, 1 - USUAL_DAYS),
    '12-weeks': addDays(today, 1 - 84),
    year: `${today.slice(0, 4)}-01-01`,
    start: startedOn ?? today,
  } as const satisfies Record<Period, string>;
  return { from: from[period], to: today };
}

/** Points of charts: days, or weeks where days would be too many. */
export const intervalOf = ({ from, to }: DayWindow): 'day' | 'week' =>
  (atOf(to) - atOf(from)) / DAY_MS >= MAX_DAYS ? 'week' : 'day';

export function daysOf({ from, to }: DayWindow): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  // 1970-01-01 was a Thursday.
  const sinceMonday = (((atOf(day) / DAY_MS + 3) % 7) + 7) % 7;
  return addDays(day, -sinceMonday);
}

/**
 * The same in SQL, of a column of moments.
 * @returns an expression of type text.
 */
export const mondayIn = (column: string): string => `date_trunc('week', ${column} AT TIME ZONE 'UTC')::date::text`;
