import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from './locale.js';

/**
 * The calendar day of an instant in a time zone.
 * @param timeZone an IANA name; UTC holds for another one.
 * @returns `2026-11-17`.
 */
export const localDay = (at: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(isTimeZone(timeZone) ? timeZone : 'UTC')
    .toPlainDate()
    .toString();
