import { horizonOf, verdictOf } from './horizon.js';
import { smallestDifference } from './power.js';

const started = new Date('2026-11-02T09:00:00Z');
const better = { estimate: 0.04, from: 0.01, to: 0.07 };

describe('the verdict of a comparison', () => {
  const { readAt } = horizonOf(started);

  it('stays open until its day, whatever the interval shows', () => {
    expect(readAt.toISOString()).toBe('2026-12-14T09:00:00.000Z');
    expect(verdictOf(better, readAt, new Date(readAt.getTime() - 1))).toBe('open');
    expect(verdictOf(better, readAt, readAt)).toBe('better');
  });

  it('is what the interval says, and open without one', () => {
    expect(verdictOf({ estimate: -0.04, from: -0.07, to: -0.01 }, readAt, readAt)).toBe('worse');
    expect(verdictOf({ estimate: 0.01, from: -0.01, to: 0.03 }, readAt, readAt)).toBe('none');
    expect(verdictOf(null, readAt, readAt)).toBe('open');
  });
});

describe('the smallest difference that can be found', () => {
  it('is that of published tables', () => {
    // Fleiss, Levin, Paik (2003), table A.4: 0.1 and 0.15 need 686 people in each group, without correction.
    expect(smallestDifference({ one: 686, other: 686, baseRate: 0.1 })).toBeCloseTo(0.05, 3);
  });

  it('falls with the number of people, and is null where there are too few', () => {
    const of = (people: number) => smallestDifference({ one: people, other: people / 10, baseRate: 0.03 }) ?? 1;
    expect(of(10_000)).toBeLessThan(of(1_000));
    expect(smallestDifference({ one: 3, other: 1, baseRate: 0.5 })).toBeNull();
    expect(smallestDifference({ one: 100, other: 0, baseRate: 0.5 })).toBeNull();
  });
});
