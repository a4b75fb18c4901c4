import { BUDGETS, BUDGET_PERIOD_MS, budgetState, FORECAST_COST, FORECASTS_PER_YEAR } from './budget.js';

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
