import { alwaysValidDifference } from './always-valid.js';
import { crowd, seeded } from './crowd.fixture.js';
import { proportionDifference } from './proportion.js';
import { mantelHaenszel, type Stratum } from './mantel-haenszel.js';

/** Of 1,000 runs, 930 are three standard deviations below the 950 of a right interval. */
const RUNS = 1_000;
const runs = Array.from({ length: RUNS }, (_, at) => at + 1);
/** Runs with many looks each. */
const watched = runs.slice(0, 200);
const contains = (difference: { from: number; to: number } | null, lift: number): boolean =>
  difference !== null && difference.from <= lift && lift <= difference.to;

describe('a crowd with a known lift', () => {
  it.each([
    { people: 500, percent: 10, base: 0.03, lift: 0.02 },
    { people: 2_000, percent: 10, base: 0.03, lift: 0.02 },
    { people: 2_000, percent: 20, base: 0.1, lift: 0 },
    { people: 200, percent: 50, base: 0.3, lift: 0.15 },
  ])('of $people people shows it within its interval in at least 93 of 100 runs', (setting) => {
    const { people, percent, base, lift } = setting;
    const other = (people * percent) / 100;
    const found = runs.filter((seed) => {
      const random = seeded(seed);
      return contains(
        proportionDifference(crowd(random, people - other, base + lift), crowd(random, other, base)),
        lift,
      );
    });
    expect(found.length).toBeGreaterThanOrEqual(0.93 * RUNS);
  });

  it('is found over partners whose contacts differ, in at least 93 of 100 runs', () => {
    const found = runs.filter((seed) => contains(intervalOf(partners(seeded(seed), 0.02)), 0.02));
    expect(found.length).toBeGreaterThanOrEqual(0.93 * RUNS);
  });
});

describe('partners that are pooled without strata', () => {
  it('show an effect where there is none, and strata do not', () => {
    // A partner with good contacts holds out few, one with bad contacts many.
    const strata: Stratum[] = [
      { one: { done: 190, of: 1_900 }, other: { done: 10, of: 100 } },
      { one: { done: 8, of: 800 }, other: { done: 2, of: 200 } },
    ];
    const pooled = proportionDifference({ done: 198, of: 2_700 }, { done: 12, of: 300 });
    expect(pooled?.from).toBeGreaterThan(0);
    expect(mantelHaenszel(strata)?.estimate).toBeCloseTo(0, 10);
  });
});

describe('an interval that is read again and again', () => {
  /** Both groups grow by 50 people, and somebody looks each time. */
  const looks = (seed: number): { once: boolean; always: boolean } => {
    const random = seeded(seed);
    let [one, other] = [
      { done: 0, of: 0 },
      { done: 0, of: 0 },
    ];
    let [once, always] = [false, false];
    for (let look = 0; look < 60; look += 1) {
      const [more, others] = [crowd(random, 50, 0.1), crowd(random, 50, 0.1)];
      one = { done: one.done + more.done, of: one.of + more.of };
      other = { done: other.done + others.done, of: other.of + others.of };
      const fixed = proportionDifference(one, other);
      const valid = alwaysValidDifference([{ one, other }]);
      once ||= !contains(fixed, 0);
      always ||= !contains(valid, 0);
    }
    return { once, always };
  };

  it('claims an effect where there is none in at most 5 of 100 runs, and the fixed one in many more', () => {
    const seen = watched.map(looks);
    expect(seen.filter(({ always }) => always).length).toBeLessThanOrEqual(0.05 * watched.length);
    expect(seen.filter(({ once }) => once).length).toBeGreaterThan(0.15 * watched.length);
  });

  it('finds an effect that is there', () => {
    const random = seeded(5);
    const [one, other] = [crowd(random, 10_000, 0.13), crowd(random, 10_000, 0.1)];
    expect(alwaysValidDifference([{ one, other }])?.from).toBeGreaterThan(0);
  });
});

/** The 95 % interval of one look. */
function intervalOf(strata: readonly Stratum[]): { from: number; to: number } | null {
  const found = mantelHaenszel(strata);
  if (found === null) return null;
  const half = 1.959964 * Math.sqrt(found.variance);
  return { from: found.estimate - half, to: found.estimate + half };
}

/** Forty partners with 20 to 400 contacts, base rates of 1 to 15 % and shares of 5 to 20 %. */
function partners(random: () => number, lift: number): Stratum[] {
  return Array.from({ length: 40 }, () => {
    const people = 20 + Math.floor(random() * 380);
    const held = Math.max(1, Math.round(people * (0.05 + random() * 0.15)));
    const base = 0.01 + random() * 0.14;
    return { one: crowd(random, people - held, base + lift), other: crowd(random, held, base) };
  });
}
