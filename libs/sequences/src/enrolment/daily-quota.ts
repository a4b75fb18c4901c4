import { DAY_MS } from '#kernel';

/**
 * How many of `wanted` e-mails fit into a campaign's day (UTC).
 * The others are evaluated again at `nextDay`.
 */
export const grantedOfDay = (limit: number, taken: number, wanted: number): number =>
  Math.max(0, Math.min(wanted, limit - taken));

/** When the day (UTC) after a moment begins. */
export const nextDay = (at: Date): Date => new Date((Math.floor(at.getTime() / DAY_MS) + 1) * DAY_MS);

/** The day (UTC) of a moment, `2026-12-24`. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

interface DueItem {
  readonly dueAt: Date | null;
  readonly enrolmentId: string;
}

/** Order when there is not room for all: by due time, then by enrolment. */
export function byDueTime(a: DueItem, b: DueItem): number {
  const apart = (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0);
  if (apart !== 0) return apart;
  return a.enrolmentId < b.enrolmentId ? -1 : Number(a.enrolmentId > b.enrolmentId);
}
