import { windowStartsOn } from './touch-window.js';

describe('a window of the frequency cap', () => {
  it.each([
    ['2026-11-16T00:00:00Z', '2026-11-16'],
    ['2026-11-22T23:59:59.999Z', '2026-11-16'],
    ['2026-11-23T00:00:00Z', '2026-11-23'],
  ])('of %s starts on Monday %s', (now, startsOn) => {
    expect(windowStartsOn(new Date(now))).toBe(startsOn);
  });
});
