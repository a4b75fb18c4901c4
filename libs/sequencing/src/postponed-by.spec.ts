import { DAY_MS } from '#kernel';
import { postponedBy } from './postponed-by.js';
import { stepOf } from './sequence-graph.js';
import { aSequence, circumstances } from './sequence.fixture.js';

const at = (iso: string): Date => new Date(iso);
const NOON = at('2026-11-24T12:00:00Z');
const byDays = (days: number) => ({ fromMs: NOON.getTime(), untilMs: NOON.getTime() + days * DAY_MS, days });

/** When a step falls due that is due at a moment now, and how. */
function told(steps: readonly unknown[], key: string, dueAt: string, days: number, zone = 'Europe/London'): string {
  const sequence = aSequence({ steps });
  const later = postponedBy(sequence, stepOf(sequence, key)!, at(dueAt), byDays(days), circumstances({ zone }));
  return [later.at.toISOString(), later.isFixed && 'fixed', later.passes && 'passes'].filter(Boolean).join(' ');
}

describe('a postponement', () => {
  const mail = [{ key: 'welcome', email: 'welcome' }];

  it('keeps the contact’s time of day, and the open days', () => {
    expect(told(mail, 'welcome', '2026-11-25T11:00:00Z', 2)).toBe('2026-11-27T11:00:00.000Z');
    expect(told(mail, 'welcome', '2026-11-25T11:00:00Z', 3)).toBe('2026-11-30T09:00:00.000Z');
    // Clocks in London go forward on 28 March 2027.
    expect(told(mail, 'welcome', '2027-03-25T11:00:00Z', 5)).toBe('2027-03-30T10:00:00.000Z');
  });

  it('keeps a fixed date outside the postponement', () => {
    const steps = [
      { key: 'hold', wait: { until: '2026-12-01', at: '10:00' } },
      { key: 'reminder', email: 'reminder' },
      { key: 'pause', wait: { days: 2 } },
      { key: 'offer', email: 'offer' },
    ];
    expect(told(steps, 'reminder', '2026-12-01T10:00:00Z', 3)).toBe('2026-12-01T10:00:00.000Z fixed');
    expect(told(steps, 'reminder', '2026-12-01T10:00:00Z', 8)).toBe('2026-12-02T12:00:00.000Z fixed');
    // Who came there after the date waits for no date.
    expect(told(steps, 'reminder', '2026-12-03T12:00:00Z', 1)).toBe('2026-12-04T12:00:00.000Z');
    expect(told(steps, 'offer', '2026-12-03T10:00:00Z', 1)).toBe('2026-12-04T10:00:00.000Z');
  });

  it('extends the time-out of every contact, but not beyond a fixed date', () => {
    const until = (date: string) => [
      ...mail,
      { key: 'watch', until: [{ click: 'demo' }, { date, then: 'end' }], within: { days: 10 }, else: 'end' },
    ];
    expect(told(until('2026-12-24'), 'watch', '2026-12-04T12:00:00Z', 7)).toBe('2026-12-11T12:00:00.000Z');
    expect(told(until('2026-12-08'), 'watch', '2026-12-04T12:00:00Z', 7)).toBe('2026-12-08T00:00:00.000Z');
    expect(told(until('2026-12-02'), 'watch', '2026-12-02T00:00:00Z', 7)).toBe('2026-12-02T00:00:00.000Z fixed');
  });

  it('keeps the weekday of what waits for one', () => {
    const steps = [{ key: 'monday', wait: { at: '10:00', weekdays: ['mon'] } }, ...mail];
    expect(told(steps, 'welcome', '2026-11-30T10:00:00Z', 3)).toBe('2026-12-07T10:00:00.000Z');
  });

  it('says so where the last day of a step is over by then', () => {
    const steps = [{ key: 'offer', email: 'offer', valid: { to: '2026-11-30' } }];
    expect(told(steps, 'offer', '2026-11-26T11:00:00Z', 4)).toBe('2026-11-30T11:00:00.000Z');
    expect(told(steps, 'offer', '2026-11-26T11:00:00Z', 5)).toBe('2026-12-01T11:00:00.000Z passes');
  });
});
