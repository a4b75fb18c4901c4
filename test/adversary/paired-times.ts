/** Two measurements of one pair, in milliseconds. */
export interface TimePair {
  readonly same: number;
  readonly other: number;
}

/** Φ, by Abramowitz and Stegun, 7.1.26. */
function normal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return z < 0 ? tail / 2 : 1 - tail / 2;
}

/**
 * One-sided signed-rank test (Wilcoxon, 1945; normal approximation).
 * @returns p of the statement that the values are not above 0; small: they are.
 */
function pNotAbove(values: readonly number[]): number {
  const ranked = values.filter((value) => value !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  const n = ranked.length;
  const above = ranked.reduce((sum, value, at) => sum + (value > 0 ? at + 1 : 0), 0);
  const mean = (n * (n + 1)) / 4;
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
  return 1 - normal((above - mean) / sd);
}

/**
 * Equality within a margin: two one-sided tests (Schuirmann, 1987).
 * @returns the larger p of the two.
 */
export function pDifferent(differences: readonly number[], marginMs: number): number {
  return Math.max(
    pNotAbove(differences.map((one) => one + marginMs)),
    pNotAbove(differences.map((one) => marginMs - one)),
  );
}

/**
 * A classifier by a threshold on the time, chosen on one half and tried on the
 * other, both ways.
 * @returns right answers, of `2 * pairs.length`.
 */
export function rightByTime(pairs: readonly TimePair[]): number {
  const halves = [pairs.filter((_, at) => at % 2 === 0), pairs.filter((_, at) => at % 2 === 1)] as const;
  return rightWith(bestRule(halves[0]), halves[1]) + rightWith(bestRule(halves[1]), halves[0]);
}

interface Rule {
  readonly threshold: number;
  /** 1: longer means the same people. */
  readonly sign: 1 | -1;
}

const rightWith = ({ threshold, sign }: Rule, pairs: readonly TimePair[]): number =>
  pairs.reduce((sum, { same, other }) => {
    const isLonger = (ms: number): boolean => sign * (ms - threshold) > 0;
    return sum + (isLonger(same) ? 1 : 0) + (isLonger(other) ? 0 : 1);
  }, 0);

function bestRule(pairs: readonly TimePair[]): Rule {
  const thresholds = pairs.flatMap(({ same, other }) => [same, other]);
  const rules = thresholds.flatMap((threshold): Rule[] => [
    { threshold, sign: 1 },
    { threshold, sign: -1 },
  ]);
  const scored = rules.map((rule) => ({ rule, right: rightWith(rule, pairs) }));
  return scored.reduce((best, one) => (one.right > best.right ? one : best)).rule;
}
