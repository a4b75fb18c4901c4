import type { PlanView } from '#contracts';

export type PlanItem = PlanView['items'][number];

/** Months that are shown, as their first days: `2026-11-01`. */
export const monthsFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => addMonths(first, at));

export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

export function addMonths(first: string, by: number): string {
  const date = new Date(`${first}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + by);
  return date.toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;
export const addDays = (day: string, by: number): string =>
  new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);

/** Where a period is in the shown days, in percent; null: outside of them. */
export function barOf(
  { from, to }: { readonly from: string; readonly to: string },
  shown: { readonly from: string; readonly to: string },
): { readonly start: number; readonly width: number } | null {
  if (to < shown.from || from > shown.to) return null;
  const whole = Date.parse(shown.to) + DAY_MS - Date.parse(shown.from);
  const start = Math.max(0, Date.parse(from) - Date.parse(shown.from));
  const end = Math.min(whole, Date.parse(to) + DAY_MS - Date.parse(shown.from));
  return { start: (100 * start) / whole, width: (100 * (end - start)) / whole };
}

/**
 * What the calendar has for a version: its window, the day until which a review
 * is wanted, or nothing yet.
 */
export function periodOf({ kind, from, to }: PlanItem): { readonly from: string; readonly to: string } | null {
  if (kind === 'window') return { from, to: to ?? from };
  return to === null ? null : { from: to, to };
}
