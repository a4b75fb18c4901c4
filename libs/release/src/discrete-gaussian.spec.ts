import { drawDiscreteGaussian, type Fraction } from './discrete-gaussian.js';
import { NoiseStream } from './noise-stream.js';

const KEY = Buffer.alloc(32, 7);

/** Draws with a fixed seed: each run of the test gives the same numbers. */
function drawsOf(variance: Fraction, count: number, seed = 'seed'): number[] {
  const stream = new NoiseStream(KEY, seed, 'cell');
  return Array.from({ length: count }, () => Number(drawDiscreteGaussian(stream, variance)));
}

const fraction = (numerator: number, denominator = 1): Fraction => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/** Probability of each integer from −bound to bound, and of all others. */
function expectedShares(variance: number, bound: number): number[] {
  const weight = (n: number) => Math.exp(-(n * n) / (2 * variance));
  const far = Math.ceil(12 * Math.sqrt(variance));
  let total = 0;
  for (let n = -far; n <= far; n += 1) total += weight(n);
  return Array.from({ length: 2 * bound + 1 }, (_, at) => weight(at - bound) / total);
}

/**
 * The statistic of Pearson's test, as a standard normal value (Wilson and
 * Hilferty, 1931). Above 3.09 the probability is below 0.001.
 */
function chiSquared(draws: readonly number[], variance: number): number {
  const bound = Math.floor(2.5 * Math.sqrt(variance));
  const shares = expectedShares(variance, bound);
  const counts = shares.map(() => 0);
  let outside = 0;
  for (const draw of draws) {
    const at = draw + bound;
    if (at < 0 || at >= counts.length) outside += 1;
    else counts[at] = (counts[at] ?? 0) + 1;
  }
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  const pairs = [...shares.map((share, at) => [share, counts[at] ?? 0] as const), [rest, outside] as const];
  const statistic = pairs.reduce((sum, [share, count]) => {
    const expected = share * draws.length;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  const freedom = pairs.length - 1;
  return (Math.cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the discrete Gaussian distribution', () => {
  // Below 1, a fraction, the noise of clicks, and that of a forecast.
  it.each([
    [0.64, fraction(16, 25)],
    [156.25, fraction(625, 4)],
    [400, fraction(400)],
    [1_681, fraction(1_681)],
  ])('has the probabilities of variance %s', (variance, exact) => {
    const count = 200_000;
    const draws = drawsOf(exact, count);
    expect(chiSquared(draws, variance)).toBeLessThan(3.09);
    // 3.3 standard errors of mean and variance: p > 0.001.
    expect(Math.abs(meanOf(draws))).toBeLessThan(3.3 * Math.sqrt(variance / count));
    const spread = meanOf(draws.map((draw) => draw * draw));
    expect(Math.abs(spread / discreteVariance(variance) - 1)).toBeLessThan(3.3 * Math.sqrt(2.2 / count));
  });

  it('would fail this test with a variance that is 5 % off', () => {
    expect(chiSquared(drawsOf(fraction(400), 200_000), 420)).toBeGreaterThan(3.09);
  });

  it('is independent from cell to cell, and another in each release', () => {
    const count = 50_000;
    const variance = fraction(1_681);
    const one = Array.from({ length: count }, (_, at) => drawOf(`release ${at}`, 'total', variance));
    const other = Array.from({ length: count }, (_, at) => drawOf(`release ${at}`, 'reached', variance));
    const correlation = meanOf(one.map((value, at) => value * (other[at] ?? 0))) / 1_681;
    expect(Math.abs(correlation)).toBeLessThan(0.01);
    const again = meanOf(one.slice(1).map((value, at) => value * (one[at] ?? 0))) / 1_681;
    expect(Math.abs(again)).toBeLessThan(0.01);
    expect(drawOf('release 1', 'total', variance)).toBe(one[1]);
  });
});

const drawOf = (release: string, cell: string, variance: Fraction): number =>
  Number(drawDiscreteGaussian(new NoiseStream(KEY, release, cell), variance));

/** The variance of the discrete distribution; below 1 it is less than σ². */
function discreteVariance(variance: number): number {
  const bound = Math.ceil(12 * Math.sqrt(variance));
  return expectedShares(variance, bound).reduce((sum, share, at) => sum + share * (at - bound) ** 2, 0);
}
