import { aSequence } from '../../../sequencing/src/sequence.fixture.js';
import { type ContactWalk, FORECAST_REASONS, REACHED_BEFORE } from './contact-walk.js';
import { factorFrom, ProgrammeCounts, readForecast, sdOf } from './programme-forecast.js';

const SEQUENCE = aSequence({
  steps: [
    { key: 'welcome', email: 'welcome' },
    { key: 'proof', email: 'proof' },
  ],
});
const REACHED: ContactWalk = { gets: new Set(['welcome', 'proof']), isReached: true, reason: null };
const REFUSED: ContactWalk = { gets: new Set(), isReached: false, reason: 'consent-unknown' };

const countsOf = (...walks: readonly (readonly [ContactWalk, number])[]) => {
  const counts = new ProgrammeCounts(SEQUENCE);
  for (const [walk, people] of walks) counts.add(100, walk, people);
  return counts.cells;
};

describe('the forecast of a programme', () => {
  it('has the same cells for every list, also for none', () => {
    const names = (cells: readonly { name: string }[]) => cells.map(({ name }) => name);
    const empty = names(countsOf());
    expect(names(countsOf([REACHED, 5], [REFUSED, 3]))).toEqual(empty);
    expect(empty).toHaveLength(4 + FORECAST_REASONS.length);
  });

  it('counts each contact in the total, once as reached or by a reason, and in its steps', () => {
    const cells = new Map(countsOf([REACHED, 5], [REFUSED, 3], [REACHED_BEFORE, 2]).map((cell) => [cell.name, cell]));
    const valueOf = (name: string) => (cells.get(name)?.value ?? Number.NaN) / 100;
    expect(valueOf('total')).toBe(10);
    expect(valueOf('reached')).toBe(5);
    expect(valueOf('step welcome')).toBe(5);
    expect(valueOf('reason consent-unknown')).toBe(3);
    expect(valueOf('reason already-got')).toBe(2);
  });

  it('has noise for what one contact can move, with a factor of 1.25', () => {
    const one = countsOf([REACHED, 1]).map(({ value }) => value / 100);
    const other = countsOf([REFUSED, 1]).map(({ value }) => value / 100);
    const moved = Math.sqrt(one.reduce((sum, value, at) => sum + (value - (other[at] ?? 0)) ** 2, 0));
    expect(moved * 1.25 * 7.8).toBeLessThanOrEqual(sdOf(SEQUENCE));
    expect(sdOf(SEQUENCE)).toBeCloseTo(7.8 * Math.sqrt(6) * 1.25);
  });

  it('shows no number that is smaller than four standard deviations', () => {
    const cells = [
      { name: 'total', value: 1_004 },
      { name: 'reached', value: 95 },
    ];
    expect(readForecast(SEQUENCE, { cells, sd: 24 })).toMatchObject({ total: 1_000, reached: null });
  });
});

describe('the factor of a partner', () => {
  it('is 10 to 25 % above or below one, in whole hundredths', () => {
    const factors = Array.from({ length: 5_000 }, (_, at) => factorFrom((at * 858_993) >>> 0));
    for (const factor of factors) {
      expect(Number.isInteger(factor)).toBe(true);
      expect(Math.abs(factor - 100)).toBeGreaterThanOrEqual(10);
      expect(Math.abs(factor - 100)).toBeLessThanOrEqual(25);
    }
    const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
    expect(Math.abs(mean - 100)).toBeLessThan(1);
  });
});
