import { FORECAST_SD_PER_DISTANCE, FORECASTS_PER_YEAR } from './budget.js';
import { Noise } from './noise.service.js';
import type { DataReleaseId, ReleasedCell } from './release.js';

/** A day's run is shorter, and its interval wider. */
// oxlint-disable-next-line forms/no-environment -- no setting of the product
const [ROUNDS, MARGIN] = process.env['THROUGHLINE_TEST_ALL'] === '1' ? [4_000, 0.05] : [1_000, 0.09];
/** A partner's factor, in hundredths: what one person moves a cell by. */
const WEIGHT = 125;
const STEPS = 1;
const CELLS = 2 * STEPS + 2;
const SD = FORECAST_SD_PER_DISTANCE * Math.sqrt(CELLS) * (WEIGHT / 100);

const noise = new Noise({ SECRET_KEY: 'a key for tests, of 32 characters' });
const cellsOf = (values: readonly number[]): ReleasedCell[] =>
  values.map((value, at) => ({ name: `cell ${at}`, value }));

/**
 * Plays a vendor that knows everything but one fact about one person, and asks
 * for that fact in every forecast of a year. It sees the numbers before they
 * are rounded, and uses the best test there is (likelihood ratio).
 * @param moved which cells the fact moves: +1, −1 or 0 people each.
 * @returns right less wrong answers, with its 95 % interval (Wilson).
 */
function play(game: string, moved: readonly number[]): { readonly low: number; readonly high: number } {
  let right = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const isTrue = round % 2 === 0;
    let evidence = 0;
    for (let forecast = 0; forecast < FORECASTS_PER_YEAR; forecast += 1) {
      const known = moved.map((_, at) => 1_000 * at * WEIGHT);
      const cells = known.map((value, at) => value + (isTrue ? (moved[at] ?? 0) * WEIGHT : 0));
      const id = `${game} ${round} ${forecast}` as DataReleaseId;
      const told = noise.add(id, { cells: cellsOf(cells), denominator: 100, sd: SD });
      for (const [at, { value }] of told.entries())
        evidence += (moved[at] ?? 0) * (value - (known[at] ?? 0) / 100 - ((moved[at] ?? 0) * WEIGHT) / 200);
    }
    if (evidence > 0 === isTrue) right += 1;
  }
  return wilson(right, ROUNDS);
}

function wilson(right: number, count: number): { readonly low: number; readonly high: number } {
  const z = 1.96;
  const share = right / count;
  const scale = 1 + (z * z) / count;
  const centre = (share + (z * z) / (2 * count)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))) / scale;
  return { low: 2 * (centre - half) - 1, high: 2 * (centre + half) - 1 };
}

describe('all forecasts of a year', () => {
  // Φ(μ/2) − Φ(−μ/2): μ² is 20/7.8² for a field; of 2L + 2 cells, L + 2 move
  // if the person is absent.
  it.each([
    ['which of two values a field has', 0.23, Array.from({ length: CELLS }, (_, at) => (at % 2 === 0 ? 1 : -1))],
    ['whether a person is there', 0.2, Array.from({ length: CELLS }, (_, at) => (at < STEPS + 2 ? 1 : 0))],
  ])('tell a vendor little about %s', (game, bound, moved) => {
    const { low, high } = play(game, moved);
    expect(high).toBeLessThanOrEqual(bound + MARGIN);
    // Otherwise the game is only played badly.
    expect(low).toBeGreaterThanOrEqual(bound - MARGIN - 0.03);
  });

  it('would tell it everything without noise that is large enough', () => {
    const id = 'control' as DataReleaseId;
    const [cell] = noise.add(id, { cells: [{ name: 'total', value: 125 }], denominator: 100, sd: 0.01 });
    expect(cell?.value).toBe(1);
  });
});
