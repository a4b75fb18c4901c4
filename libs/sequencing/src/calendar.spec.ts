import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterWait, nextOpening, type OpenHours } from './calendar.js';
import { plannedEmails } from './planned-emails.js';

const OFFICE = { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] } as const;
const window = OFFICE as unknown as OpenHours['window'];
const at = (iso: string): Date => new Date(iso);

describe('the send window', () => {
  it('lets a moment within it be', () => {
    expect(nextOpening(at('2026-11-24T10:30:00Z'), 'Europe/London', { window: window })).toEqual(
      at('2026-11-24T10:30:00Z'),
    );
  });

  it('waits for the morning of the person’s own clock', () => {
    expect(nextOpening(at('2026-11-24T02:00:00Z'), 'Europe/Berlin', { window: window })).toEqual(
      at('2026-11-24T08:00:00Z'),
    );
    expect(nextOpening(at('2026-11-24T02:00:00Z'), 'America/New_York', { window: window })).toEqual(
      at('2026-11-24T14:00:00Z'),
    );
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
            nextOpening(from, zone, { window: window }).getTime(),
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
