import { proportionDifference } from './proportion.js';

describe('the difference of two proportions', () => {
  // Newcombe 1998, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i of %i and %i of %i lies between the bounds that are published', (a, m, b, n, from, to) => {
    const found = proportionDifference({ done: a, of: m }, { done: b, of: n });
    expect(found?.estimate).toBeCloseTo(a / m - b / n, 10);
    expect(found?.from).toBeCloseTo(from, 4);
    expect(found?.to).toBeCloseTo(to, 4);
  });

  it('is unknown while a group is empty', () => {
    expect(proportionDifference({ done: 0, of: 0 }, { done: 1, of: 2 })).toBeNull();
    expect(proportionDifference({ done: 1, of: 2 }, { done: 0, of: 0 })).toBeNull();
  });
});
