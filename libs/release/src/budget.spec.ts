import {
  BUDGETS,
  BUDGET_PERIOD_MS,
  budgetState,
  FORECAST_COST,
  FORECASTS_PER_YEAR,
  UPDATE_CHECKS,
  UPDATE_COUNTS,
} from './budget.js';

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
const usesOn = (days: readonly number[], cost = 10) => days.map((number) => ({ cost, at: day(number) }));

describe('the budget of a vendor', () => {
  it('sums up to at most μ = 1 over all kinds', () => {
    const total = Object.values(BUDGETS).reduce((sum, { perYear }) => sum + perYear, 0);
    expect(total).toBeLessThanOrEqual(1_000_000);
    expect(total).toBeGreaterThan(990_000);
  });

  it('has room for exactly 20 forecasts', () => {
    expect(Math.floor(BUDGETS.forecast.perYear / FORECAST_COST)).toBe(FORECASTS_PER_YEAR);
  });

  it('has room for the counts and checks of updates, each of which costs what its noise leaves to learn', () => {
    for (const [kind, { perYear, sd, cost }] of [
      ['update-count', UPDATE_COUNTS],
      ['update-check', UPDATE_CHECKS],
    ] as const) {
      expect(Math.floor(BUDGETS[kind].perYear / cost)).toBe(perYear);
      expect(cost).toBeGreaterThanOrEqual(1_000_000 / sd ** 2);
    }
  });

  it('is free while it has enough left', () => {
    expect(budgetState(30, usesOn([1, 2]), 10)).toEqual({ perYear: 30, used: 20, nextAt: null });
  });

  it('is free again 365 days after the oldest use', () => {
    const { nextAt } = budgetState(30, usesOn([1, 2, 3]), 10);
    expect(nextAt).toEqual(new Date(day(1).getTime() + BUDGET_PERIOD_MS));
  });

  it('waits for as many uses as the cost needs', () => {
    const { nextAt } = budgetState(30, usesOn([1, 2, 3]), 15);
    expect(nextAt).toEqual(new Date(day(2).getTime() + BUDGET_PERIOD_MS));
  });
});
