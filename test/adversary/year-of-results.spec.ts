import { FORECAST_SD_PER_DISTANCE, FORECASTS_PER_YEAR } from '../../libs/release/src/budget.js';
import { bestAdvantage, type Move, muSquared, play } from './game.js';
import { resultsOfAYear } from './year-of-results.js';

/**
 * All forecasts of a year, each with a fact that moves it as far as one person
 * can: half of its numbers up, half down. Its sd grows with their number, so
 * four stand for all. test/api/forecast-games.api.spec.ts asks for real ones.
 */
const FORECASTS: readonly Move[] = Array.from({ length: FORECASTS_PER_YEAR * 4 }, (_, at) => ({
  by: at % 2 === 0 ? 1 : -1,
  sd: FORECAST_SD_PER_DISTANCE * 2,
}));

describe('everything that a vendor is told in a year', () => {
  const results = resultsOfAYear();

  it('costs no more than the budget, with results that are made for one person', () => {
    expect(muSquared(results)).toBeLessThanOrEqual(0.67);
    expect(muSquared([...results, ...FORECASTS])).toBeLessThanOrEqual(1);
    expect(muSquared([...results, ...FORECASTS])).toBeGreaterThan(0.95);
    expect(bestAdvantage(1)).toBeCloseTo(0.383, 3);
  });

  it('tells it little about one fact of one person', () => {
    const { low, high } = play('fact', [...results, ...FORECASTS]);
    expect(high).toBeLessThanOrEqual(0.383 + 0.05);
    // Otherwise the game is only played badly.
    expect(low).toBeGreaterThanOrEqual(0.383 - 0.08);
  }, 300_000);
});
