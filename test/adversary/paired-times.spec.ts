import { pDifferent, rightByTime, type TimePair } from './paired-times.js';

/** Deterministic numbers around a mean, with a spread of 100 ms. */
const times = (mean: number, from: number): number[] =>
  Array.from({ length: 200 }, (_, at) => mean + (((at + from) * 7919) % 101) - 50);
const pairs = (differenceMs: number): TimePair[] => {
  const others = times(1_000, 0);
  return times(1_000 + differenceMs, 37).map((same, at) => ({ same, other: others[at] ?? 0 }));
};
const differences = (of: readonly TimePair[]): number[] => of.map(({ same, other }) => same - other);

describe('the comparison of times', () => {
  it('shows that times are equal within a margin, and does not for a delay beyond it', () => {
    expect(pDifferent(differences(pairs(0)), 250)).toBeLessThan(0.001);
    expect(pDifferent(differences(pairs(240)), 250)).toBeLessThan(0.025);
    expect(pDifferent(differences(pairs(260)), 250)).toBeGreaterThan(0.5);
    expect(pDifferent(differences(pairs(-300)), 250)).toBeGreaterThan(0.5);
  });

  it('finds a delay that one time shows, and none where there is none', () => {
    expect(rightByTime(pairs(200))).toBe(400);
    expect(Math.abs(rightByTime(pairs(0)) - 200)).toBeLessThan(30);
  });
});
