import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterWait, nextOpening as opening } from './calendar.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/**
 * Unusual zones: half hours, three quarters, no clock change, a change of half
 * an hour, a day that was left out.
 */
const zones = fc.constantFrom(
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'UTC',
);
const instants = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2030-12-31T00:00:00Z'),
  noInvalidDate: true,
});
/** Of hours that are open on some day. */
function nextOpening(...asked: Parameters<typeof opening>): Date {
  const at = opening(...asked);
  if (at === null) throw new Error('It never opens.');
  return at;
}
const localOf = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
/** Around the next clock change of a zone, where it has one. */
const aroundChanges = fc
  .tuple(instants, zones, fc.integer({ min: -180, max: 180 }))
  .map(([at, zone, minutes]): [Date, string] => {
    const change = localOf(at, zone).getTimeZoneTransition('next');
    return [new Date((change?.epochMilliseconds ?? at.getTime()) + minutes * 60_000), zone];
  });
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const windows = fc
  .tuple(fc.integer({ min: 0, max: 1300 }), fc.integer({ min: 60, max: 600 }), fc.subarray([...DAYS], { minLength: 1 }))
  .map(([opens, length, weekdays]) => ({ from: clock(opens), to: clock(Math.min(opens + length, 1439)), weekdays }));

describe('a sending window, for any moment, zone and window', () => {
  it('is never opened before it is asked for', () => {
    fc.assert(
      fc.property(
        instants,
        zones,
        windows,
        (from, zone, window) => nextOpening(from, zone, { window: window }) >= from,
      ),
    );
  });

  it('is opened on a day and at a time that it names', () => {
    fc.assert(
      fc.property(instants, zones, windows, (from, zone, window) => {
        const local = localOf(nextOpening(from, zone, { window: window }), zone);
        const day = DAYS[local.dayOfWeek - 1]!;
        const isOnDay = (window.weekdays as readonly string[]).includes(day);
        // If a clock change skips the opening, it opens at the next existing
        // time, never earlier.
        return isOnDay && Temporal.PlainTime.compare(local.toPlainTime(), window.from) >= 0;
      }),
    );
  });

  it('says the same of a moment whatever was asked before, of near and far moments and of days that close', () => {
    const days = fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 });
    fc.assert(
      fc.property(instants, fc.array(days, { maxLength: 8 }), zones, windows, (from, minutes, zone, window) => {
        const closed = localOf(from, zone).toPlainDate().toString();
        const isClosedOn = (date: string): boolean => date === closed;
        const asked = minutes.map((minute) => new Date(from.getTime() + minute * 60_000));
        // A window of its own each time has no past.
        const fresh = asked.map((at) => nextOpening(at, zone, { window: { ...window } }));
        const freshClosed = asked.map((at) => nextOpening(at, zone, { window: { ...window }, isClosedOn }));
        expect(asked.map((at) => nextOpening(at, zone, { window }))).toEqual(fresh);
        expect(asked.map((at) => nextOpening(at, zone, { window, isClosedOn }))).toEqual(freshClosed);
      }),
    );
  });

  it('is open by the local clock during a clock change: outside quiet hours and after the opening', () => {
    const quiet = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 300 }));
    const isIn = (time: string, from: string, to: string): boolean =>
      from <= to ? time >= from && time < to : time >= from || time < to;
    fc.assert(
      fc.property(aroundChanges, fc.integer({ min: 0, max: 240 }), quiet, ([from, zone], opens, [begins, length]) => {
        const quietHours = { from: clock(begins), to: clock((begins + length) % 1440) };
        const window = { from: clock(opens), to: '23:59', weekdays: [...DAYS] };
        const at = nextOpening(from, zone, { window, quietHours });
        const time = localOf(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
        expect(at.getTime()).toBeGreaterThanOrEqual(from.getTime());
        expect(isIn(time, quietHours.from, quietHours.to)).toBe(false);
        expect(time >= window.from).toBe(true);
        expect(nextOpening(at, zone, { window, quietHours })).toEqual(at);
        // And without quiet hours, when the opening of the day was asked for
        // before.
        const plain = nextOpening(from, zone, { window });
        const shown = localOf(nextOpening(plain, zone, { window }), zone).toPlainTime();
        expect(shown.toString({ smallestUnit: 'minute' }) >= window.from).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is open at the moment that it gave: asked again then, it gives the same', () => {
    fc.assert(
      fc.property(instants, zones, windows, (from, zone, window) => {
        const opened = nextOpening(from, zone, { window: window });
        expect(nextOpening(opened, zone, { window: window })).toEqual(opened);
      }),
    );
  });

  it('keeps the order of its inputs', () => {
    fc.assert(
      fc.property(instants, instants, zones, windows, (a, b, zone, window) => {
        const [early, late] = a <= b ? [a, b] : [b, a];
        return nextOpening(early, zone, { window: window }) <= nextOpening(late, zone, { window: window });
      }),
    );
  });
});

describe('a wait, for any moment and zone', () => {
  it('never goes back, and a longer one never ends earlier', () => {
    fc.assert(
      fc.property(instants, zones, fc.nat(2000), fc.nat(2000), (from, zone, a, b) => {
        const [short, long] = [Math.min(a, b), Math.max(a, b)];
        return (
          from <= afterWait(from, { hours: short }, zone) &&
          afterWait(from, { hours: short }, zone) <= afterWait(from, { hours: long }, zone)
        );
      }),
    );
  });

  it('of whole days keeps the time of day, but where that day has no such time', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 1, max: 60 }), (from, zone, days) => {
        const before = localOf(from, zone);
        const after = localOf(afterWait(from, { hours: days * 24 }, zone), zone);
        const wanted = before.toPlainDateTime().add({ days });
        const isThere = wanted.toZonedDateTime(zone).toPlainDateTime().equals(wanted);
        return !isThere || after.toPlainTime().equals(before.toPlainTime());
      }),
    );
  });

  it('until a time of day on weekdays ends, while clocks are changed, at the first quarter of an hour that shows it', () => {
    const quarters = fc.integer({ min: 0, max: 95 }).map((quarter) => clock(quarter * 15));
    const weekdaySets = fc.subarray([...DAYS], { minLength: 1 });
    /**
     * When a zone's date shows a time, found by its clock.
     * A skipped time is shifted by the clock change.
     */
    const shownOn = (day: Temporal.ZonedDateTime, at: string): Temporal.ZonedDateTime => {
      const time = (moment: Temporal.ZonedDateTime): string =>
        moment.toPlainTime().toString({ smallestUnit: 'minute' });
      const day0 = day.startOfDay();
      for (let quarter = 0; quarter < day0.hoursInDay * 4; quarter++) {
        const moment = day0.add({ minutes: quarter * 15 });
        if (time(moment) === at) return moment;
      }
      const later = Temporal.PlainTime.from(at).add({ minutes: (24 - day0.hoursInDay) * 60 });
      return shownOn(day, later.toString({ smallestUnit: 'minute' }));
    };
    fc.assert(
      fc.property(aroundChanges, quarters, weekdaySets, ([from, zone], at, weekdays) => {
        const today = localOf(from, zone);
        const expected = Array.from({ length: 9 }, (_, ahead) => today.add({ days: ahead }))
          .filter((day) => weekdays.includes(DAYS[day.dayOfWeek - 1]!))
          .map((day) => shownOn(day, at).epochMilliseconds)
          .find((ms) => ms >= from.getTime());
        expect(afterWait(from, { at, weekdays }, zone).getTime()).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [
      'a time that is skipped is taken as it shows afterwards',
      '2026-03-28T01:30:00Z',
      'Europe/London',
      '2026-03-29T01:30:00Z',
    ],
    ['of a time that comes twice the first counts', '2026-10-24T00:30:00Z', 'Europe/London', '2026-10-25T00:30:00Z'],
  ])('%s', (_, from, zone, to) => {
    expect(afterWait(new Date(from), { hours: 24 }, zone)).toEqual(new Date(to));
  });
});
