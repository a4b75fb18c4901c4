import { localDay } from './local-day.js';

describe('the day of an instant', () => {
  it('is that of the calendar in its time zone', () => {
    const at = new Date('2026-11-17T19:00:00Z');
    expect(localDay(at, 'Pacific/Auckland')).toBe('2026-11-18');
    expect(localDay(at, 'Europe/Berlin')).toBe('2026-11-17');
    expect(localDay(new Date('2026-11-18T00:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-17');
    expect(localDay(new Date('2026-11-18T08:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-18');
    // Daylight saving time of 2026 ends in California on 1 November: an hour earlier in UTC until then.
    expect(localDay(new Date('2026-11-01T07:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-01');
    expect(localDay(new Date('2026-11-02T07:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-01');
  });

  it('is that of UTC in an unknown time zone', () => {
    expect(localDay(new Date('2026-11-17T23:59:59Z'), 'Mars/Olympus')).toBe('2026-11-17');
    expect(localDay(new Date('2026-11-17T23:59:59Z'), '+14:00')).toBe('2026-11-17');
  });
});
