import { isAtCap, longestWindowMs, frequencyUseAt } from './frequency-window.js';

describe('the windows of frequency caps', () => {
  const sent = frequencyUseAt(new Date('2026-11-17T09:00:02.500Z'));
  const WEEKLY = { cap: 1, days: 7 };

  it.each([
    ['at once', '2026-11-17T09:00:02.500Z', true],
    ['over the weekend', '2026-11-23T00:00:00Z', true],
    ['a minute before a week is over', '2026-11-24T08:59:59.999Z', true],
    ['a week later to the minute, however late the first was in it', '2026-11-24T09:00:00Z', false],
    ['by a clock that is behind', '2026-11-17T08:00:00Z', true],
  ])('count a send %s', (_, now, isFull) => {
    expect(isAtCap([WEEKLY], [sent], new Date(now))).toBe(isFull);
  });

  it.each([
    ['the short one is full', '2026-11-18T08:00:00Z', true],
    ['neither is', '2026-11-18T09:00:00Z', false],
  ])('hold all at once: %s', (_, now, isFull) => {
    expect(
      isAtCap(
        [
          { cap: 1, days: 1 },
          { cap: 2, days: 7 },
        ],
        [sent],
        new Date(now),
      ),
    ).toBe(isFull);
  });

  it('allow every contact if there is none', () => {
    expect(isAtCap([], [sent, sent], new Date('2026-11-17T09:00:00Z'))).toBe(false);
    expect(longestWindowMs([])).toBe(0);
    expect(longestWindowMs([WEEKLY, { cap: 9, days: 30 }])).toBe(30 * 86_400_000);
  });
});
