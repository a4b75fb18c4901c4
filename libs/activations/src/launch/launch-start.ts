import { DAY_MS, DomainError, MINUTE_MS } from '#kernel';

/** How far ahead a start may lie. */
const MAX_AHEAD_MS = 366 * DAY_MS;
/** The clocks of a browser and of the server differ. */
const MAX_PAST_MS = MINUTE_MS;

/** @throws DomainError `launch.start-past` or `launch.start-far`. */
export function requireStart(startAt: Date | null, now: Date): void {
  if (startAt === null) return;
  const ahead = startAt.getTime() - now.getTime();
  if (ahead < -MAX_PAST_MS)
    throw new DomainError(
      'launch.start-past',
      'The start is in the past. Choose a later time, or leave it out to start now.',
      { field: 'startAt' },
    );
  if (ahead > MAX_AHEAD_MS)
    throw new DomainError('launch.start-far', 'The start is more than a year ahead. Choose an earlier time.', {
      field: 'startAt',
    });
}

/**
 * When a launch starts: as requested, but not before its delay has passed. In
 * that time it can be undone.
 * @param requested null: as soon as possible.
 */
export function launchStart(requested: Date | null, now: Date, delayMinutes: number): Date {
  const earliest = new Date(now.getTime() + delayMinutes * MINUTE_MS);
  return requested === null || requested < earliest ? earliest : requested;
}
