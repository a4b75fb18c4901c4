import { crowd, noise, seeded } from './crowd.fixture.js';
import { noisyDifference } from './noisy-difference.js';

/** The noise that results of steps are released with. */
const NOISE = { doneSd: 20, ofSd: 50 };

function released(random: () => number, people: number, chance: number) {
  const { done, of } = crowd(random, people, chance);
  return { done: done + noise(random, NOISE.doneSd), of: of + noise(random, NOISE.ofSd), ...NOISE };
}

describe('the difference of two shares of released numbers', () => {
  it('contains the true one in at least 95 of 100 cases', () => {
    const found = Array.from({ length: 300 }, (_, seed) => {
      const random = seeded(seed + 1);
      const difference = noisyDifference(released(random, 4_000, 0.13), released(random, 4_000, 0.1));
      return difference !== null && difference.from <= 0.03 && 0.03 <= difference.to;
    });
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(285);
  });

  it('is wider than without noise, and unknown where noise could be most of the recipients', () => {
    const one = { done: 520, of: 4_000 };
    const other = { done: 400, of: 4_000 };
    const width = (sds: typeof NOISE): number => {
      const found = noisyDifference({ ...one, ...sds }, { ...other, ...sds });
      return found === null ? 0 : found.to - found.from;
    };
    expect(width(NOISE)).toBeGreaterThan(width({ doneSd: 0, ofSd: 0 }));
    const of = [
      { ...one, ...NOISE },
      { ...other, ...NOISE },
    ] as const;
    expect(noisyDifference(...of, 3)?.from).toBeLessThan(noisyDifference(...of)?.from ?? -1);
    expect(noisyDifference({ ...one, ...NOISE }, { done: 3, of: 150, ...NOISE })).toBeNull();
    expect(noisyDifference({ done: 0, of: 0, doneSd: 0, ofSd: 0 }, { ...other, ...NOISE })).toBeNull();
  });
});
