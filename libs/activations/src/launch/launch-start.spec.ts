import { DAY_MS, DomainError, MINUTE_MS } from '#kernel';
import { launchStart, requireStart } from './launch-start.js';

const NOW = new Date('2026-11-25T10:00:00Z');
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

describe('the start of a launch', () => {
  it.each([
    ['now, if it is left out', null],
    ['a minute ago, for a slow clock', after(-MINUTE_MS)],
    ['in 366 days', after(366 * DAY_MS)],
  ])('may be %s', (_, startAt) => {
    expect(() => requireStart(startAt, NOW)).not.toThrow();
  });

  it.each([
    ['launch.start-past', after(-MINUTE_MS - 1)],
    ['launch.start-far', after(366 * DAY_MS + 1)],
  ])('is refused with %s', (code, startAt) => {
    const refusal = (): void => requireStart(startAt, NOW);
    expect(refusal).toThrow(DomainError);
    expect(refusal).toThrow(expect.objectContaining({ code }));
  });

  it('is not before the delay has passed', () => {
    expect(launchStart(null, NOW, 5)).toEqual(after(5 * MINUTE_MS));
    expect(launchStart(after(MINUTE_MS), NOW, 5)).toEqual(after(5 * MINUTE_MS));
    expect(launchStart(after(DAY_MS), NOW, 5)).toEqual(after(DAY_MS));
    expect(launchStart(null, NOW, 0)).toEqual(NOW);
  });
});
