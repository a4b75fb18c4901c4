import { DAY_MS } from '#kernel';
import { addDays, dayOf, type DayWindow, mondayOf } from './window.js';

/** How often a kind of result is released. */
export type Rhythm = 'week' | 'four-weeks';

export const RHYTHMS: readonly Rhythm[] = ['week', 'four-weeks'];

const DAYS = { week: 7, 'four-weeks': 28 } as const satisfies Record<Rhythm, number>;
/** Time for late reports: bounces of a week, clicks and leads of four weeks. */
const WAIT_DAYS = { week: 8, 'four-weeks': 12 } as const satisfies Record<Rhythm, number>;
/** 52 weeks, in spans of each rhythm. */
const SPANS_OF_A_YEAR = { week: 52, 'four-weeks': 13 } as const satisfies Record<Rhythm, number>;
/** In so many of them a person is counted. */
export const COUNTED_SPANS = { week: 12, 'four-weeks': 6 } as const satisfies Record<Rhythm, number>;

/** A Monday. The spans of all vendors have the same limits. */
const FIRST_DAY = '2024-01-01';

/** The last day of the span that starts on `startsOn`. */
export const lastDayOf = (rhythm: Rhythm, startsOn: string): string => addDays(startsOn, DAYS[rhythm] - 1);

export const nextStart = (rhythm: Rhythm, startsOn: string): string => addDays(startsOn, DAYS[rhythm]);

/** The moment at which a span is over, in UTC: the `asOf` of its releases. */
export const endOf = (rhythm: Rhythm, startsOn: string): Date => new Date(`${nextStart(rhythm, startsOn)}T00:00:00Z`);

/** The start of the span that was over at `end`. */
export const spanEndedAt = (rhythm: Rhythm, end: Date): string => addDays(dayOf(end), -DAYS[rhythm]);

/** The day on which the span's results are released. */
export const releasedOn = (rhythm: Rhythm, startsOn: string): string =>
  addDays(lastDayOf(rhythm, startsOn), WAIT_DAYS[rhythm]);

/** The first day of the span that contains `day`. */
export function startOf(rhythm: Rhythm, day: string): string {
  if (rhythm === 'week') return mondayOf(day);
  const since = (Date.parse(day) - Date.parse(FIRST_DAY)) / DAY_MS;
  return addDays(FIRST_DAY, Math.floor(since / DAYS[rhythm]) * DAYS[rhythm]);
}

/**
 * The start of the newest span that is released on `today` or before.
 */
export function newestDue(rhythm: Rhythm, today: string): string {
  const ended = addDays(today, -WAIT_DAYS[rhythm] - DAYS[rhythm] + 1);
  return startOf(rhythm, ended);
}

/**
 * From the first to the last day of spans.
 * @param starts of those of which something was released: with few partners it is nothing, though the calendar has it.
 * @returns null: none is released.
 */
export function daysOfSpans(rhythm: Rhythm, starts: readonly string[]): DayWindow | null {
  const sorted = [...starts].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined ? null : { from: first, to: lastDayOf(rhythm, last) };
}

/**
 * The spans in which a person is counted, if it is counted in one more.
 * @param used starts of earlier spans in which the person was counted.
 * @returns the starts of the last year, with `startsOn`; null if the person was
 *   counted in as many as allowed within 52 weeks.
 */
export function withSpan(rhythm: Rhythm, used: readonly string[], startsOn: string): string[] | null {
  const since = addDays(startsOn, -DAYS[rhythm] * (SPANS_OF_A_YEAR[rhythm] - 1));
  const ofTheYear = used.filter((start) => start >= since && start !== startsOn);
  return ofTheYear.length >= COUNTED_SPANS[rhythm] ? null : [...ofTheYear, startsOn];
}
