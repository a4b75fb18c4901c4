import { Temporal } from 'temporal-polyfill';
import type { ViewMail } from '#contracts';

type Schedule = Pick<ViewMail, 'rhythm' | 'day' | 'hour'>;

/** A slot of each rhythm is within these days. */
const AHEAD_DAYS = 32;

/**
 * The first moment of a schedule after another moment. An hour that a change of
 * the clocks skips is the next one.
 * @param timeZone an IANA name; UTC holds for another one.
 */
export function nextMailAt({ rhythm, day, hour }: Schedule, after: Date, timeZone: string): Date {
  const from = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(knownZone(timeZone));
  const today = from.toPlainDate();
  for (let ahead = 0; ahead <= AHEAD_DAYS; ahead++) {
    const date = today.add({ days: ahead });
    if ((rhythm === 'weekly' ? date.dayOfWeek : date.day) !== day) continue;
    const at = date.toZonedDateTime({ timeZone: from.timeZoneId, plainTime: new Temporal.PlainTime(hour) });
    if (at.epochMilliseconds > after.getTime()) return new Date(at.epochMilliseconds);
  }
  throw new Error(`A ${rhythm} schedule has no day ${day}.`);
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
