import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterWait, nextOpening, type OpenHours } from './calendar.js';
import { plannedEmails } from './planned-emails.js';

const OFFICE = { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] } as const;
const window = OFFICE as unknown as OpenHours['window'];
const at = (iso: string): Date => new Date(iso);

describe('the send window', () => {
  it('keeps a moment inside it', () => {
    expect(nextOpening(at('2026-11-24T10:30:00Z'), 'Europe/London', { window: window })).toEqual(
      at('2026-11-24T10:30:00Z'),
    );
  });

  it('waits for the morning by the contact’s clock', () => {
    expect(nextOpening(at('2026-11-24T02:00:00Z'), 'Europe/Berlin', { window: window })).toEqual(
      at('2026-11-24T08:00:00Z'),
    );
    expect(nextOpening(at('2026-11-24T02:00:00Z'), 'America/New_York', { window: window })).toEqual(
      at('2026-11-24T14:00:00Z'),
    );
  });

  it('that opens on no day of ten years has no moment, asked once more or of others either', () => {
    const from = at('2026-11-24T12:00:00Z');
    const closed = { window, isClosedOn: (date: string): boolean => date >= '2026-11-24' && date <= '2099-12-31' };
    expect(nextOpening(from, 'Europe/London', closed)).toBeNull();
    expect(nextOpening(from, 'Europe/London', closed)).toBeNull();
    expect(nextOpening(from, 'Asia/Tokyo', closed)).toBeNull();
    // What was open earlier on that day, or is another day, was not asked.
    const untilNoon = { ...closed, isClosedOn: (date: string): boolean => date > '2026-11-24' };
    expect(nextOpening(at('2026-11-24T18:00:00Z'), 'Europe/London', untilNoon)).toBeNull();
    expect(nextOpening(from, 'Europe/London', untilNoon)).toEqual(from);
    expect(nextOpening(at('2026-11-23T18:00:00Z'), 'Europe/London', untilNoon)).toEqual(at('2026-11-24T09:00:00Z'));
    const quiet = { window, quietHours: { from: '08:00', to: '18:00' } };
    expect(nextOpening(from, 'Europe/London', quiet)).toBeNull();
  });

  it('waits over the weekend', () => {
    expect(nextOpening(at('2026-11-20T17:00:00Z'), 'Europe/London', { window: window })).toEqual(
      at('2026-11-23T09:00:00Z'),
    );
  });

  it('takes a time that a clock change skips as it shows afterwards', () => {
    const early = { ...OFFICE, from: '01:30', weekdays: ['sun'] } as unknown as typeof window;
    expect(nextOpening(at('2026-03-28T12:00:00Z'), 'Europe/London', { window: early })).toEqual(
      at('2026-03-29T01:30:00Z'),
    );
  });

  it('takes the first of a time that comes twice', () => {
    const early = { ...OFFICE, from: '01:30', weekdays: ['sun'] } as unknown as typeof window;
    expect(nextOpening(at('2026-10-24T12:00:00Z'), 'Europe/London', { window: early })).toEqual(
      at('2026-10-25T00:30:00Z'),
    );
  });

  it('always answers with a moment inside it, never earlier than asked', () => {
    const zones = [
      'Europe/London',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Sydney',
      'Asia/Dubai',
      'Pacific/Auckland',
    ];
    fc.assert(
      fc.property(
        fc.date({ min: at('2025-01-01T00:00:00Z'), max: at('2029-12-31T00:00:00Z'), noInvalidDate: true }),
        fc.constantFrom(...zones),
        (from, zone) => {
          const local = Temporal.Instant.fromEpochMilliseconds(
            nextOpening(from, zone, { window: window })!.getTime(),
          ).toZonedDateTimeISO(zone);
          return (
            local.epochMilliseconds >= from.getTime() && local.dayOfWeek <= 5 && local.hour >= 9 && local.hour < 17
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a wait', () => {
  it('of days keeps the time of day when clocks change', () => {
    expect(afterWait(at('2026-10-23T09:00:00Z'), { hours: 96 }, 'Europe/London')).toEqual(at('2026-10-27T10:00:00Z'));
  });

  it('of days counts the day that only leap years have', () => {
    expect(afterWait(at('2028-02-28T09:00:00Z'), { hours: 24 }, 'Europe/London')).toEqual(at('2028-02-29T09:00:00Z'));
    expect(afterWait(at('2028-02-28T09:00:00Z'), { hours: 48 }, 'Europe/London')).toEqual(at('2028-03-01T09:00:00Z'));
    expect(afterWait(at('2027-02-28T09:00:00Z'), { hours: 24 }, 'Europe/London')).toEqual(at('2027-03-01T09:00:00Z'));
  });

  it('of days passes over one that a zone never had', () => {
    // Samoa went from the 29th to the 31st of December 2011.
    expect(afterWait(at('2011-12-29T20:00:00Z'), { hours: 24 }, 'Pacific/Apia')).toEqual(at('2011-12-30T20:00:00Z'));
  });

  it('of hours is exact', () => {
    expect(afterWait(at('2026-10-25T00:00:00Z'), { hours: 5 }, 'Europe/London')).toEqual(at('2026-10-25T05:00:00Z'));
  });
});

describe('a wait until', () => {
  const tuesdayTen = at('2026-11-24T10:00:00Z');
  const until = (zone: string, wait: Parameters<typeof afterWait>[1], from = tuesdayTen): Date =>
    afterWait(from, wait, zone);

  it('a local time on given weekdays ends on the first of them that is yet to come, by the person’s own clock', () => {
    const wait = { at: '08:30', weekdays: ['tue', 'thu'] } as const;
    // In New York it is five on that Tuesday morning; in London ten, which is
    // too late.
    expect(until('America/New_York', wait)).toEqual(at('2026-11-24T13:30:00Z'));
    expect(until('Europe/London', wait)).toEqual(at('2026-11-26T08:30:00Z'));
    expect(until('Europe/London', wait, at('2026-11-26T08:30:00Z'))).toEqual(at('2026-11-26T08:30:00Z'));
    expect(until('Europe/London', wait, at('2026-11-26T08:30:00.001Z'))).toEqual(at('2026-12-01T08:30:00Z'));
    // Sunday evening in Los Angeles is Monday in Auckland.
    const monday = { at: '09:00', weekdays: ['mon'] } as const;
    expect(until('Pacific/Auckland', monday, at('2026-11-29T19:30:00Z'))).toEqual(at('2026-11-29T20:00:00Z'));
  });

  it('a local time that a clock change skips or repeats ends once, where the clock shows it next or first', () => {
    const wait = { at: '01:30', weekdays: ['sun'] } as const;
    expect(until('Europe/London', wait, at('2026-03-28T12:00:00Z'))).toEqual(at('2026-03-29T01:30:00Z'));
    expect(until('Europe/London', wait, at('2026-10-24T12:00:00Z'))).toEqual(at('2026-10-25T00:30:00Z'));
    expect(until('Europe/London', wait, at('2026-10-25T01:00:00Z'))).toEqual(at('2026-11-01T01:30:00Z'));
  });

  it('a local time on given weekdays ends on the very next of them, at any moment and in any zone', () => {
    const zones = ['Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Kiritimati'];
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
    fc.assert(
      fc.property(
        fc.date({ min: at('2025-01-01T00:00:00Z'), max: at('2029-12-31T00:00:00Z'), noInvalidDate: true }),
        fc.constantFrom(...zones),
        // No clock of these is changed at these hours.
        fc.integer({ min: 4, max: 22 }),
        fc.subarray([...days], { minLength: 1 }),
        (from, zone, hour, weekdays) => {
          const time = `${String(hour).padStart(2, '0')}:15`;
          const end = afterWait(from, { at: time, weekdays }, zone);
          const local = Temporal.Instant.fromEpochMilliseconds(end.getTime()).toZonedDateTimeISO(zone);
          expect(weekdays).toContain(days[local.dayOfWeek - 1]);
          expect(local.toPlainTime().toString({ smallestUnit: 'minute' })).toBe(time);
          const missed = Array.from({ length: 7 }, (_, ahead) => local.subtract({ days: ahead + 1 })).filter(
            (day) => weekdays.includes(days[day.dayOfWeek - 1]!) && day.epochMilliseconds >= from.getTime(),
          );
          expect(missed).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a date ends at its midnight or at its time, and at once where that is over', () => {
    expect(until('Asia/Tokyo', { date: '2026-12-01', at: null })).toEqual(at('2026-11-30T15:00:00Z'));
    expect(until('America/New_York', { date: '2026-12-01', at: '09:00' })).toEqual(at('2026-12-01T14:00:00Z'));
    expect(until('Europe/London', { date: '2026-11-24', at: '09:59' })).toEqual(tuesdayTen);
  });

  it('so many business days are over passes weekends and holidays, and keeps the time of day', () => {
    const isHoliday = (date: string): boolean => date === '2026-11-26';
    // Wednesday, Friday, Monday.
    expect(afterWait(tuesdayTen, { businessDays: 3 }, 'Europe/London', isHoliday)).toEqual(at('2026-11-30T10:00:00Z'));
    expect(afterWait(at('2026-10-23T09:00:00Z'), { businessDays: 1 }, 'Europe/London')).toEqual(
      at('2026-10-26T10:00:00Z'),
    );
    // Who begins on a Saturday has Monday as the first.
    expect(afterWait(at('2026-11-28T10:00:00Z'), { businessDays: 1 }, 'Europe/London')).toEqual(
      at('2026-11-30T10:00:00Z'),
    );
  });
});

describe('the calendar', () => {
  it('shows each e-mail on its day', () => {
    const sequence = {
      window,
      steps: [
        { key: 'a', kind: 'email', email: 'welcome' },
        { key: 'w', kind: 'wait', hours: 96 },
        { key: 'b', kind: 'email', email: 'proof' },
      ],
    } as unknown as Parameters<typeof plannedEmails>[0];
    expect(
      plannedEmails(sequence, at('2026-11-24T10:00:00Z'), 'Europe/London').map(
        ({ key, at: when }) => `${key} ${when.toISOString()}`,
      ),
    ).toEqual(['a 2026-11-24T10:00:00.000Z', 'b 2026-11-30T09:00:00.000Z']);
  });
});
