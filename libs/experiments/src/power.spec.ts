import { alwaysValidDifference } from './always-valid.js';
import { crowd, noise, seeded } from './crowd.fixture.js';
import { noisyDifference } from './noisy-difference.js';
import { smallestInActivation, smallestInProgramme, smallestInReleases } from './power.js';
import { type Comparisons, proportionDifference } from './proportion.js';

const RUNS = 400;

/** Of 100 runs, so many in which the rule finds that the first group is better. */
function foundOf100(rule: (random: () => number) => { readonly from: number } | null): number {
  const found = Array.from({ length: RUNS }, (_, seed) => rule(seeded(seed + 1))).filter((one) => (one?.from ?? 0) > 0);
  return (found.length * 100) / RUNS;
}

/** 400 runs with a true share of 80 % have a standard deviation of 2. Few people with few leads add to that. */
function expectPower(found: number): void {
  expect(found).toBeGreaterThanOrEqual(75);
  expect(found).toBeLessThanOrEqual(86);
}

describe('the smallest difference that one activation shows', () => {
  it('is that of published tables', () => {
    // Fleiss, Levin, Paik (2003), table A.4: 0.1 and 0.15 need 686 people in each group, without correction.
    expect(smallestInActivation({ one: 686, other: 686, baseRate: 0.1 })).toBeCloseTo(0.05, 3);
  });

  it('falls with the number of people, and is null where there are too few', () => {
    const of = (people: number) => smallestInActivation({ one: people, other: people / 10, baseRate: 0.03 }) ?? 1;
    expect(of(10_000)).toBeLessThan(of(1_000));
    expect(smallestInActivation({ one: 3, other: 1, baseRate: 0.5 })).toBeNull();
    expect(smallestInActivation({ one: 100, other: 0, baseRate: 0.5 })).toBeNull();
  });

  it.each<[number, number, number, Comparisons]>([
    [1_000, 1_000, 0.1, 1],
    [1_250, 1_250, 0.1, 3],
    [900, 100, 0.03, 1],
    [4_500, 500, 0.03, 1],
    [150, 150, 0.1, 2],
  ])('is found in 80 of 100 runs: %i and %i people, base rate %d, comparisons: %i', (one, other, base, comparisons) => {
    const rise = smallestInActivation({ one, other, baseRate: base, comparisons }) ?? 0;
    expectPower(
      foundOf100((random) =>
        proportionDifference(crowd(random, one, base + rise), crowd(random, other, base), comparisons),
      ),
    );
  });
});

describe('the smallest difference that hold-outs of all partners show', () => {
  it.each([
    [4_500, 500, 0.03],
    [45_000, 5_000, 0.03],
    [1_000, 250, 0.05],
  ])('is found in 80 of 100 runs: %i and %i people, base rate %d', (one, other, base) => {
    const rise = smallestInProgramme({ one, other, baseRate: base }) ?? 0;
    expect(rise).toBeGreaterThan(smallestInActivation({ one, other, baseRate: base }) ?? 1);
    expectPower(
      foundOf100((random) =>
        alwaysValidDifference([{ one: crowd(random, one, base + rise), other: crowd(random, other, base) }]),
      ),
    );
  });
});

describe('the smallest difference that a test over all partners shows', () => {
  it.each([
    { of: 2_500, baseRate: 0.1, releases: 1, comparisons: 1 },
    { of: 2_500, baseRate: 0.1, releases: 3, comparisons: 1 },
    { of: 1_250, baseRate: 0.1, releases: 1, comparisons: 3 },
    { of: 10_000, baseRate: 0.05, releases: 4, comparisons: 2 },
  ])('is found in 80 of 100 runs: $of people of each arm, $releases releases', (arms) => {
    const { of, baseRate, releases, comparisons } = arms;
    const sds = { doneSd: 20 * Math.sqrt(releases), ofSd: 50 * Math.sqrt(releases) };
    const rise = smallestInReleases({ of, baseRate, comparisons, ...sds }) ?? 0;
    const released = (random: () => number, chance: number) => {
      const exact = crowd(random, of, chance);
      return { done: exact.done + noise(random, sds.doneSd), of: exact.of + noise(random, sds.ofSd), ...sds };
    };
    expectPower(
      foundOf100((random) =>
        noisyDifference(released(random, baseRate + rise), released(random, baseRate), comparisons),
      ),
    );
  });

  it('grows with arms, releases and noise, and is null where noise may be most of the recipients', () => {
    const of = (over: Partial<Parameters<typeof smallestInReleases>[0]>) =>
      smallestInReleases({ of: 2_500, baseRate: 0.1, doneSd: 20, ofSd: 50, comparisons: 1, ...over });
    expect(of({})).toBeCloseTo(0.064, 3);
    expect(of({ doneSd: 0, ofSd: 0 })).toBeCloseTo(0.036, 3);
    expect(of({ comparisons: 3 })).toBeGreaterThan(of({}) ?? 1);
    expect(of({ doneSd: 40, ofSd: 100 })).toBeGreaterThan(of({}) ?? 1);
    expect(of({ of: 190 })).toBeNull();
  });
});
