import type { Proportion } from './proportion.js';

/** Two groups that were drawn within one stratum, such as the contacts of one partner. */
export interface Stratum {
  readonly one: Proportion;
  readonly other: Proportion;
}

interface Estimate {
  readonly estimate: number;
  readonly variance: number;
}

/**
 * The difference of proportions over strata, and the variance of the estimate. Each stratum is compared with
 * itself, so that partners with other contacts and other shares of a hold-out do not look like an effect.
 *
 * Estimate: Greenland and Robins, Biometrics 41 (1985). Variance: Sato, Greenland and Robins, Biometrics 45
 * (1989), which holds for many small strata and for few large ones; `p` and `q` are theirs.
 *
 * @returns null: no stratum has both groups.
 */
export function mantelHaenszel(strata: readonly Stratum[]): Estimate | null {
  const whole = strata.filter(({ one, other }) => one.of > 0 && other.of > 0);
  if (whole.length === 0) return null;
  const sum = (each: (stratum: Stratum) => number): number => whole.reduce((total, one) => total + each(one), 0);
  const weight = sum(({ one, other }) => (one.of * other.of) / (one.of + other.of));
  const estimate = sum(({ one, other }) => (one.done * other.of - other.done * one.of) / (one.of + other.of)) / weight;
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
