import { Temporal } from 'temporal-polyfill';
import { type DateRange, type Wait, type Weekday, WEEKDAYS } from './step.js';

/** When people are written to, by their own clock. */
export interface OpenHours {
  readonly window: { readonly from: string; readonly to: string; readonly weekdays: readonly Weekday[] };
  /**
   * A closed part of the window, such as lunch; over midnight if `to` is before
   * `from`.
   */
  readonly quietHours?: { readonly from: string; readonly to: string } | undefined;
  /** Days on which nothing is sent, `2026-12-25`: holidays and blackouts. */
  readonly isClosedOn?: ((date: string) => boolean) | undefined;
}

/** Longest search: no plan of a campaign is older than ten years. */
const SEARCH_DAYS = 3660;

/**
 * The first moment at or after `from` that is open for mail. A time that a
 * clock change skips is shifted by the change. Of a time that occurs twice, the
 * first counts ("compatible", RFC 5545 and Temporal). No mail goes out while a
 * repeated hour is before the opening or in the quiet hours. An invalid zone
 * counts as UTC.
 * @returns null if no day of the next ten years is open. Holidays and blackouts
 *   of a campaign and its partner may close them all.
 */
export function nextOpening(from: Date, zone: string, hours: OpenHours): Date | null {
  if (isKnownToBeOpen(from, zone, hours)) return from;
  const { window, quietHours, isClosedOn } = hours;
  const timeZone = validZone(zone);
  const start = localOf(from, timeZone);
  if (isKnownToStayClosed(start, hours)) return null;
  const opens = Temporal.PlainTime.from(window.from);
  const closes = Temporal.PlainTime.from(window.to);
  for (let ahead = 0; ahead <= SEARCH_DAYS; ahead++) {
    const day = start.toPlainDate().add({ days: ahead });
    const date = day.toString();
    if (!window.weekdays.includes(weekdayOf(day)) || isClosedOn?.(date) === true) continue;
    const opening = day.toZonedDateTime({ timeZone, plainTime: opens });
    const closing = day.toZonedDateTime({ timeZone, plainTime: closes });
    const first = comesAgain(start, day, opens) ?? later(start, opening);
    const at = quietHours === undefined ? first : afterQuiet(first, quietHours);
    if (Temporal.ZonedDateTime.compare(at, closing) >= 0) continue;
    if (day.toZonedDateTime(timeZone).hoursInDay === 24)
      cacheOpening(hours, zone, { date, fromMs: opening.epochMilliseconds, untilMs: closing.epochMilliseconds });
    return instantOf(at);
  }
  cacheClosed(start, hours);
  return null;
}

/** A time without mail, and its cause. */
export interface Closure {
  readonly why: 'closed-date' | 'closed-weekday' | 'outside-window' | 'quiet-hours';
  /** The date on the waiting contact's clock. */
  readonly date: string;
  readonly since: Date;
}

/**
 * What closes the time from a moment until the next opening, day by day. Hours
 * before the opening of a later day are left out: they follow from the day
 * before.
 * @param at the result of `nextOpening` for `from`.
 */
export function closuresUntil(at: Date, from: Date, zone: string, hours: OpenHours): Closure[] {
  const { window, quietHours, isClosedOn } = hours;
  const timeZone = validZone(zone);
  const [start, end] = [localOf(from, timeZone), localOf(at, timeZone)];
  const closures: Closure[] = [];
  for (
    let day = start.toPlainDate();
    Temporal.PlainDate.compare(day, end.toPlainDate()) <= 0;
    day = day.add({ days: 1 })
  ) {
    const date = day.toString();
    const since = later(start, day.toZonedDateTime(timeZone));
    const closes = (why: Closure['why'], moment = since): number =>
      closures.push({ why, date, since: instantOf(moment) });
    if (!window.weekdays.includes(weekdayOf(day))) closes('closed-weekday');
    else if (isClosedOn?.(date) === true) closes('closed-date');
    else {
      const opening = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(window.from) });
      const closing = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(window.to) });
      const first = comesAgain(since, day, Temporal.PlainTime.from(window.from)) ?? later(since, opening);
      const isOpenFirst = Temporal.ZonedDateTime.compare(first, closing) < 0;
      const isFirstDay = day.equals(start.toPlainDate());
      if (isFirstDay && (!isOpenFirst || !first.equals(since))) closes('outside-window');
      if (isOpenFirst && quietHours !== undefined && Temporal.ZonedDateTime.compare(end, first) > 0)
        closes('quiet-hours', first);
    }
  }
  return closures;
}

/** A window on one date of one zone: open for mail between both moments. */
interface Opening {
  readonly date: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * The last opening by window and zone. Every message is checked three times,
 * nearly always with the same window and zone. Calendar arithmetic costs 40
 * times what this comparison does.
 */
const openings = new WeakMap<OpenHours['window'], Map<string, Opening>>();

function isKnownToBeOpen(at: Date, zone: string, { window, quietHours, isClosedOn }: OpenHours): boolean {
  const known = openings.get(window)?.get(zone);
  if (known === undefined || quietHours !== undefined || isClosedOn?.(known.date) === true) return false;
  return known.fromMs <= at.getTime() && at.getTime() < known.untilMs;
}

function cacheOpening({ window, quietHours }: OpenHours, zone: string, opening: Opening): void {
  // Quiet hours tear an opening into pieces.
  if (quietHours !== undefined) return;
  const byZone = openings.get(window) ?? new Map<string, Opening>();
  openings.set(window, byZone.set(zone, opening));
}

/**
 * From which moment on no day opened, by hours and zone.
 * Searching ten years of days costs as much as sending twenty mails.
 * Contacts of one activation ask the same.
 */
const closed = new WeakMap<OpenHours, Map<string, Temporal.ZonedDateTime>>();

function isKnownToStayClosed(start: Temporal.ZonedDateTime, hours: OpenHours): boolean {
  const known = closed.get(hours)?.get(start.timeZoneId);
  // From a later date on, the search ends on a later one.
  if (known?.toPlainDate().equals(start.toPlainDate()) !== true) return false;
  return Temporal.ZonedDateTime.compare(known, start) <= 0;
}

function cacheClosed(start: Temporal.ZonedDateTime, hours: OpenHours): void {
  const byZone = closed.get(hours) ?? new Map<string, Temporal.ZonedDateTime>();
  closed.set(hours, byZone.set(start.timeZoneId, start));
}

/**
 * Moves a moment forward by a wait. Whole days and business days keep the local
 * time of day across clock changes; hours are exact.
 * @param isHoliday whether a date (`2026-12-25`) is no business day. Saturdays
 *   and Sundays never are.
 */
export function afterWait(
  from: Date,
  wait: Wait,
  zone: string,
  isHoliday: (date: string) => boolean = () => false,
): Date {
  const start = localOf(from, validZone(zone));
  if ('hours' in wait) {
    const days = Math.trunc(wait.hours / 24);
    return instantOf(start.add({ days }).add({ hours: wait.hours - days * 24 }));
  }
  if ('businessDays' in wait) return instantOf(start.add({ days: calendarDays(start, wait.businessDays, isHoliday) }));
  if ('date' in wait) {
    const plainTime = Temporal.PlainTime.from(wait.at ?? '00:00');
    const on = Temporal.PlainDate.from(wait.date).toZonedDateTime({ timeZone: start.timeZoneId, plainTime });
    return instantOf(later(start, on));
  }
  return instantOf(nextTime(start, wait.at, wait.weekdays));
}

/** The beginning of a day in a zone. */
export function startOfDate(date: string, zone: string): Date {
  return instantOf(Temporal.PlainDate.from(date).toZonedDateTime(validZone(zone)));
}

/** The date in a zone, `2026-12-25`. */
export const dateOn = (at: Date, zone: string): string => localOf(at, validZone(zone)).toPlainDate().toString();

export const isWithin = (date: string, { from, to }: DateRange): boolean => from <= date && date <= to;

/** How many days of the calendar so many business days are. */
function calendarDays(
  start: Temporal.ZonedDateTime,
  businessDays: number,
  isHoliday: (date: string) => boolean,
): number {
  let days = 0;
  for (let left = businessDays; left > 0 && days < SEARCH_DAYS;) {
    const day = start.toPlainDate().add({ days: ++days });
    if (day.dayOfWeek <= 5 && !isHoliday(day.toString())) left--;
  }
  return days;
}

function nextTime(start: Temporal.ZonedDateTime, at: string, weekdays: readonly Weekday[]): Temporal.ZonedDateTime {
  const plainTime = Temporal.PlainTime.from(at);
  for (let ahead = 0; ; ahead++) {
    const day = start.toPlainDate().add({ days: ahead });
    if (!weekdays.includes(weekdayOf(day))) continue;
    const moment = day.toZonedDateTime({ timeZone: start.timeZoneId, plainTime });
    if (Temporal.ZonedDateTime.compare(moment, start) >= 0) return moment;
  }
}

/** @returns the moment, or the end of the quiet hours around it. */
function afterQuiet(at: Temporal.ZonedDateTime, { from, to }: { from: string; to: string }): Temporal.ZonedDateTime {
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  const overMidnight = to < from;
  if (overMidnight ? time < from && time >= to : time < from || time >= to) return at;
  const day = overMidnight && time >= from ? at.toPlainDate().add({ days: 1 }) : at.toPlainDate();
  const plainTime = Temporal.PlainTime.from(to);
  const end = comesAgain(at, day, plainTime) ?? later(at, day.toZonedDateTime({ timeZone: at.timeZoneId, plainTime }));
  // If quiet hours end inside a skipped or repeated hour, they may apply once
  // more.
  return Temporal.ZonedDateTime.compare(end, at) > 0 ? afterQuiet(end, { from, to }) : at;
}

/**
 * Whether the clock was set back past a time and repeats the hour before it.
 * @returns when it shows that time again; null before its first time or after
 *   its last.
 */
function comesAgain(
  at: Temporal.ZonedDateTime,
  day: Temporal.PlainDate,
  time: Temporal.PlainTime,
): Temporal.ZonedDateTime | null {
  if (Temporal.PlainTime.compare(at.toPlainTime(), time) >= 0) return null;
  if (Temporal.ZonedDateTime.compare(at, day.toZonedDateTime({ timeZone: at.timeZoneId, plainTime: time })) <= 0)
    return null;
  const again = day.toPlainDateTime(time).toZonedDateTime(at.timeZoneId, { disambiguation: 'later' });
  return Temporal.ZonedDateTime.compare(at, again) < 0 ? again : null;
}

/**
 * An invalid zone in one row must not stop the others that fell due with it.
 */
function validZone(zone: string): string {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return 'UTC';
    throw error;
  }
}

const localOf = (at: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
const instantOf = ({ epochMilliseconds }: Temporal.ZonedDateTime): Date => new Date(epochMilliseconds);
const later = (a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): Temporal.ZonedDateTime =>
  Temporal.ZonedDateTime.compare(a, b) > 0 ? a : b;
const weekdayOf = ({ dayOfWeek }: Temporal.PlainDate): Weekday => WEEKDAYS[(dayOfWeek - 1) as 0];
