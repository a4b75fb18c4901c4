import { longestPathDays } from './longest-path.js';
import { aSequence } from './sequence.fixture.js';

const START = new Date('2026-11-24T12:00:00Z');
const days = (...steps: readonly object[]): number => longestPathDays(aSequence({ steps }), START);

describe('the longest path of a sequence', () => {
  it('adds all waits of the longer branch, whichever fields or events lead there', () => {
    const mails = [
      { key: 'short', email: 'mail', next: 'end' },
      { key: 'long', wait: { days: 10 } },
      { key: 'late', email: 'mail' },
    ];
    const branch = { key: 'ask', branch: [{ field: 'company', is: ['Juniper'], then: 'short' }], else: 'long' };
    expect(days(branch, ...mails)).toBe(10);
    expect(days({ key: 'first', wait: { days: 3 } }, branch, ...mails)).toBe(13);
  });

  it('counts the time-out of an until', () => {
    expect(days({ key: 'reply', until: [{ reply: true }], within: { days: 5 } }, { key: 'm', email: 'mail' })).toBe(5);
  });

  it('counts weekends of business days, and a week for a day of the week', () => {
    expect(days({ key: 'w', wait: { businessDays: 6 } }, { key: 'm', email: 'mail' })).toBe(10);
    expect(days({ key: 'w', wait: { at: '09:00', weekdays: ['mon'] } }, { key: 'm', email: 'mail' })).toBe(7);
  });

  it('reaches to a fixed date, and no further where it has passed', () => {
    expect(days({ key: 'w', wait: { until: '2026-12-24' } }, { key: 'm', email: 'mail' })).toBe(32);
    expect(days({ key: 'w', wait: { until: '2026-01-01' } }, { key: 'm', email: 'mail' })).toBe(0);
  });

  it('follows a way back once', () => {
    const loop = [
      { key: 'pause', wait: { days: 2 } },
      { key: 'mail', email: 'mail' },
      { key: 'ask', branch: [{ click: 'any', then: 'end' }], else: 'pause' },
    ];
    expect(days(...loop)).toBe(4);
  });
});
