import { DAY_MS } from '#kernel';
import { MEDIAN_PARTNERS } from '../numbers.js';

/** Whole days from one day to a later one. */
export const daysFrom = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Rounded to half days; null of nothing. */
export function medianDays(days: readonly number[]): number | null {
  if (days.length === 0) return null;
  const sorted = [...days].sort((one, other) => one - other);
  const at = (place: number): number => sorted[place] ?? 0;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2;
}

/** Days at which bands begin. */
const BANDS = [0, 3, 7, 14, 28, 56] as const;

export interface DayBand {
  readonly fromDays: number;
  /** The first day of the next band; null: there is none. */
  readonly toDays: number | null;
}

/** The band of the median; null below ten partners. */
export function medianBand(days: readonly number[]): DayBand | null {
  const median = days.length < MEDIAN_PARTNERS ? null : medianDays(days);
  if (median === null) return null;
  const at = BANDS.findLastIndex((from) => from <= median);
  return { fromDays: BANDS[at] ?? 0, toDays: BANDS[at + 1] ?? null };
}
