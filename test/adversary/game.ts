import { Noise } from '../../libs/release/src/noise.service.js';
import type { DataReleaseId, ReleasedCell } from '../../libs/release/src/release.js';

const ROUNDS = 4_000;
/** Of the normal distribution: 95 % lie within. */
const Z = 1.96;

/** How much the fact in question moves one released number, in people. */
export interface Move {
  readonly by: number;
  /** Standard deviation of the number's noise, in people. */
  readonly sd: number;
}

/** Right less wrong answers, with its 95 % interval (Wilson). */
export interface Advantage {
  readonly low: number;
  readonly found: number;
  readonly high: number;
}

export function advantageOf(right: number, rounds: number): Advantage {
  const share = right / rounds;
  const scale = 1 + (Z * Z) / rounds;
  const centre = (share + (Z * Z) / (2 * rounds)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / rounds + (Z * Z) / (4 * rounds * rounds))) / scale;
  return { low: 2 * (centre - half) - 1, found: 2 * share - 1, high: 2 * (centre + half) - 1 };
}

/** μ²: the squared distance of all moves, in standard deviations. */
export const muSquared = (moves: readonly Move[]): number => moves.reduce((sum, { by, sd }) => sum + (by / sd) ** 2, 0);

/** The advantage of the best test against Gaussian noise: 2Φ(μ/2) − 1. */
export const bestAdvantage = (mu: number): number => errorFunction(mu / (2 * Math.SQRT2));

/** Abramowitz and Stegun, 7.1.26; its error is at most 1.5 · 10⁻⁷. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - sum * Math.exp(-x * x);
}

/**
 * What the best test (likelihood ratio) makes of one number.
 * @param less the number less what it would be without the fact.
 * @returns above 0: rather with the fact.
 */
export const evidenceOf = (less: number, { by, sd }: Move): number => (less * by - (by * by) / 2) / (sd * sd);

const noise = new Noise({ SECRET_KEY: 'a key for tests, of 32 characters' });
const HUNDREDTHS = 100;

/**
 * Plays a vendor that knows everything but one fact. It sees the numbers before
 * they are rounded, and uses the best test there is.
 * @param game its name; each name draws other noise, and always the same.
 */
export function play(game: string, moves: readonly Move[]): Advantage {
  let right = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const isTrue = round % 2 === 0;
    let evidence = 0;
    for (const [at, move] of moves.entries()) {
      const cells: ReleasedCell[] = [{ name: 'number', value: isTrue ? Math.round(move.by * HUNDREDTHS) : 0 }];
      const id = `${game} ${round} ${at}` as DataReleaseId;
      const [told] = noise.add(id, { cells, denominator: HUNDREDTHS, sd: move.sd });
      evidence += evidenceOf(told?.value ?? 0, move);
    }
    if (evidence > 0 === isTrue) right++;
  }
  return advantageOf(right, ROUNDS);
}
