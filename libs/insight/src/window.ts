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
      { field: 'from', from, to },
    );
  if ((atOf(to) - atOf(from)) / DAY_MS >= MAX_DAYS)
    throw new DomainError('insight.window', `A window has at most ${MAX_DAYS} days. Choose a later "from".`, {
      field: 'from',
      from,
      to,
    });
  return { from, to };
}

/** A period up to today, by its name. */
type Period = (typeof INSIGHT_PERIODS)[number];

/** Days, or a period by its name; neither: the usual days up to today. */
export type AskedWindow = Partial<DayWindow> & { readonly period?: Period };

/**
 * The days that are asked for.
 * @param startedOn reads the first day on which there can be a number.
 * @throws DomainError `insight.window`.
 */
export async function askedWindow(
  { period, ...days }: AskedWindow,
  {
    today,
    usualDays,
    startedOn,
  }: { readonly today: string; readonly usualDays?: number; readonly startedOn: () => Promise<string | null> },
): Promise<DayWindow> {
  if (period === undefined) return windowOf(days, today, usualDays);
  if (days.from !== undefined || days.to !== undefined)
    throw new DomainError('insight.window', 'Send a "period", or "from" and "to", not both.', { field: 'period' });
  return periodOf(period, today, period === 'start' ? await startedOn() : null);
}

/**
 * @param startedOn the first day on which there can be a number; null: none
 *   yet.
 */
function periodOf(period: Period, today: string, startedOn: string | null): DayWindow {
  const from = {
    '4-weeks': addDays(today, 1 - USUAL_DAYS),
    '12-weeks': addDays(today, 1 - 84),
    quarter: `${today.slice(0, 4)}-${firstMonthOfQuarter(today)}-01`,
    year: `${today.slice(0, 4)}-01-01`,
    // A cost may be of days that have not come yet.
    start: startedOn === null || startedOn > today ? today : startedOn,
  } as const satisfies Record<Period, string>;
  return { from: from[period], to: today };
}

/** `07` of a day in August. */
const firstMonthOfQuarter = (day: string): string =>
  String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0');

/** More columns than days of two months cannot be told apart on a phone. */
const MOST_DAYS_OF_A_CHART = 62;

/** Points of charts: days, or weeks where days would be too many. */
export const intervalOf = ({ from, to }: DayWindow): 'day' | 'week' =>
  (atOf(to) - atOf(from)) / DAY_MS >= MOST_DAYS_OF_A_CHART ? 'week' : 'day';

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
