import type { Difference, Proportion } from './proportion.js';

/** Two groups that were drawn within one stratum, such as the contacts of one partner. */
export interface Stratum {
  readonly one: Proportion;
  readonly other: Proportion;
}

interface Estimate {
  readonly estimate: number;
  readonly variance: number;
}

/** The 0.975 quantile of the standard normal distribution: two-sided 95 %. */
const Z = 1.959964;

/**
 * The difference of proportions over strata by Mantel and Haenszel, with its 95 % interval.
 * Each stratum is compared with itself, so that partners with other contacts and other shares
 * of a hold-out do not look like an effect.
 *
 * Estimate: Greenland and Robins, Biometrics 41 (1985). Variance: Sato, Greenland and Robins,
 * Biometrics 45 (1989), which holds for many small strata and for few large ones.
 *
 * @returns null: no stratum has both groups.
 */
export function stratifiedDifference(strata: readonly Stratum[]): Difference | null {
  const found = mantelHaenszel(strata);
  if (found === null) return null;
  const half = Z * Math.sqrt(found.variance);
  return { estimate: found.estimate, from: found.estimate - half, to: found.estimate + half };
}

/** The estimate and its variance, for intervals of another kind. */
export function mantelHaenszel(strata: readonly Stratum[]): Estimate | null {
  const whole = strata.filter(({ one, other }) => one.of > 0 && other.of > 0);
  if (whole.length === 0) return null;
  const sum = (each: (stratum: Stratum) => number): number => whole.reduce((total, one) => total + each(one), 0);
  const weight = sum(({ one, other }) => (one.of * other.of) / (one.of + other.of));
  const estimate = sum(({ one, other }) => (one.done * other.of - other.done * one.of) / (one.of + other.of)) / weight;
  // Sato: P and Q of the paper.
  const p = sum(
    ({ one, other }) =>
      (one.of ** 2 * other.done - other.of ** 2 * one.done + (one.of * other.of * (other.of - one.of)) / 2) /
      (one.of + other.of) ** 2,
  );
  const q = sum(
    ({ one, other }) =>
      (one.done * (other.of - other.done) + other.done * (one.of - one.done)) / (2 * (one.of + other.of)),
  );
  return { estimate, variance: Math.max(0, estimate * p + q) / weight ** 2 };
}
