import type { RandomIntegers } from './noise-stream.js';

/** A non-negative rational number. */
export interface Fraction {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;
}

/**
 * Draws an integer from the discrete Gaussian distribution of mean 0: the
 * probability of `n` is proportional to exp(−n² / (2 · variance)). Algorithm 3
 * of Canonne, Kamath and Steinke, The Discrete Gaussian for Differential
 * Privacy (2020).
 *
 * It is exact: integers only. Floating point would leave out some results, and
 * these would reveal the value below the noise (Mironov, 2012).
 * @param variance σ², positive.
 */
export function drawDiscreteGaussian(random: RandomIntegers, variance: Fraction): bigint {
  const { numerator, denominator } = variance;
  const scale = squareRoot(numerator / denominator) + 1n;
  for (;;) {
    const candidate = drawDiscreteLaplace(random, scale);
    const size = candidate < 0n ? -candidate : candidate;
    // (|y| − σ²/t)² / (2σ²), with t for the scale.
    const distance = size * scale * denominator - numerator;
    const exponent = {
      numerator: distance * distance,
      denominator: 2n * numerator * denominator * scale * scale,
    };
    if (happensExp(random, exponent)) return candidate;
  }
}

/**
 * Draws an integer from the discrete Laplace distribution: the probability of
 * `n` is proportional to exp(−|n| / scale). Algorithm 2 of the same paper.
 */
function drawDiscreteLaplace(random: RandomIntegers, scale: bigint): bigint {
  for (;;) {
    const rest = random.below(scale);
    if (!happensExp(random, { numerator: rest, denominator: scale })) continue;
    let whole = 0n;
    while (happensExp(random, ONE)) whole += 1n;
    const size = rest + scale * whole;
    const isNegative = random.below(2n) === 1n;
    // Zero has one sign only, or it would be twice as probable.
    if (!isNegative) return size;
    if (size !== 0n) return -size;
  }
}

const ONE: Fraction = { numerator: 1n, denominator: 1n };

/** True with probability exp(−exponent). Algorithm 1 of the same paper. */
function happensExp(random: RandomIntegers, { numerator, denominator }: Fraction): boolean {
  const whole = numerator / denominator;
  for (let count = 0n; count < whole; count += 1n) if (!happensExpBelowOne(random, ONE)) return false;
  return happensExpBelowOne(random, { numerator: numerator - whole * denominator, denominator });
}

/** The same for an exponent of at most 1. */
function happensExpBelowOne(random: RandomIntegers, { numerator, denominator }: Fraction): boolean {
  let count = 1n;
  while (random.below(denominator * count) < numerator) count += 1n;
  return count % 2n === 1n;
}

/** The integer part of the square root (Newton's method). */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
