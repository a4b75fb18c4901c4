import { nextMailAt } from './mail-schedule.js';

const next = (schedule: Parameters<typeof nextMailAt>[0], after: string, zone = 'Europe/Berlin'): string =>
  nextMailAt(schedule, new Date(after), zone).toISOString();

describe('the next e-mail of a saved view', () => {
  const monday = { rhythm: 'weekly', day: 1, hour: 8 } as const;

  it('comes on the day and at the hour of the person’s time zone', () => {
    // A Wednesday.
    expect(next(monday, '2026-11-25T12:00:00Z')).toBe('2026-11-30T07:00:00.000Z');
    expect(next(monday, '2026-11-25T12:00:00Z', 'America/New_York')).toBe('2026-11-30T13:00:00.000Z');
  });

  it('comes today before its hour, and in a week at its hour', () => {
    expect(next(monday, '2026-11-30T06:59:59Z')).toBe('2026-11-30T07:00:00.000Z');
    expect(next(monday, '2026-11-30T07:00:00Z')).toBe('2026-12-07T07:00:00.000Z');
  });

  it('comes each month on the day', () => {
    const last = { rhythm: 'monthly', day: 28, hour: 23 } as const;
    expect(next(last, '2027-02-01T00:00:00Z')).toBe('2027-02-28T22:00:00.000Z');
    expect(next(last, '2027-02-28T22:00:00Z')).toBe('2027-03-28T21:00:00.000Z');
  });

  it('comes an hour later on the day on which its hour is skipped', () => {
    const sunday = { rhythm: 'weekly', day: 7, hour: 2 } as const;
    expect(next(sunday, '2027-03-27T12:00:00Z')).toBe('2027-03-28T01:00:00.000Z');
  });

  it('comes by UTC where the zone is not known', () => {
    expect(next(monday, '2026-11-25T12:00:00Z', 'Atlantis/Capital')).toBe('2026-11-30T08:00:00.000Z');
  });
});
