/** `FREQUENCY_CAP` messages of one vendor at most reach an address in so many days, whichever partners send them. */
const WINDOW_DAYS = 7;

const DAY_MS = 86_400_000;
/** 5 January 1970 was a Monday: windows start on Mondays, 00:00 UTC. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** The first day (`2026-11-16`) of the window that an instant falls into. */
export function windowStartsOn(now: Date): string {
  const windowMs = WINDOW_DAYS * DAY_MS;
  const windows = Math.floor((now.getTime() - FIRST_MONDAY_MS) / windowMs);
  return new Date(FIRST_MONDAY_MS + windows * windowMs).toISOString().slice(0, 10);
}
