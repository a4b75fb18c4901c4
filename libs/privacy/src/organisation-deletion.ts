import { DAY_MS } from '#kernel';

export type Side = 'vendor' | 'partner';

/**
 * Whole days between a request and the deletion. A vendor's partners have
 * campaigns to finish.
 */
export const WAITING_DAYS: Readonly<Record<Side, number>> = { partner: 14, vendor: 30 };

/** How old a downloaded export may be when an organisation is to be deleted. */
export const EXPORT_AGE_DAYS = 7;

/** The end of the last day, by UTC, on which a deletion that is requested now can be withdrawn. */
export function deletionTime(side: Side, now: Date): Date {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return new Date(today + (WAITING_DAYS[side] + 1) * DAY_MS);
}

/** Whether a typed name is that of the organisation; capitals and spaces at its ends do not count. */
export const isTypedName = (typed: string, name: string): boolean =>
  typed.trim().toLowerCase() === name.trim().toLowerCase();
