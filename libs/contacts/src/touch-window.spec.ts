import { touchedAt, touchesAt } from './touch-window.js';

describe('the window of the frequency cap', () => {
  const touched = touchedAt(new Date('2026-11-17T09:00:02.500Z'));

  it.each([
    ['at once', '2026-11-17T09:00:02.500Z', 1],
    ['over the weekend', '2026-11-23T00:00:00Z', 1],
    ['a minute before a week is over', '2026-11-24T08:59:59.999Z', 1],
    ['a week later to the minute, however late the first was in it', '2026-11-24T09:00:00Z', 0],
    ['by a clock that is behind', '2026-11-17T08:00:00Z', 1],
  ])('counts a touch %s', (_, now, count) => {
    expect(touchesAt([touched], new Date(now))).toBe(count);
  });
});
