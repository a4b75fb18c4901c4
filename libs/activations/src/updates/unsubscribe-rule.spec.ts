import { UPDATE_CHECKS } from '#release';
import { excessOf, isSurelyExceeded, PER_MILLE, type Unsubscribes } from './unsubscribe-rule.js';

const excess = (of: Unsubscribes, mostPerMille: number): number => excessOf(of, mostPerMille) / PER_MILLE;

describe('the rule of an update on unsubscribes', () => {
  it.each([
    ['0.1 %', 1],
    ['1 %', 10],
    ['50 %', 500],
  ])('of %s is moved by at most one contact by anybody', (_, most) => {
    const of = { reached: 10_000, unsubscribed: 90 };
    for (const other of [
      { reached: 10_001, unsubscribed: 90 },
      { reached: 10_001, unsubscribed: 91 },
      { reached: 10_000, unsubscribed: 91 },
    ])
      expect(Math.abs(excess(other, most) - excess(of, most))).toBeLessThanOrEqual(1);
  });

  it('does not hold a share in a programme so small that noise is most of the number', () => {
    expect(isSurelyExceeded(excess({ reached: 400, unsubscribed: 100 }, 10), UPDATE_CHECKS.sd)).toBe(false);
  });

  it('holds a share where three times as many leave as it allows, of 25,000', () => {
    expect(isSurelyExceeded(excess({ reached: 25_000, unsubscribed: 750 }, 10), UPDATE_CHECKS.sd)).toBe(true);
    expect(isSurelyExceeded(excess({ reached: 25_000, unsubscribed: 250 }, 10), UPDATE_CHECKS.sd)).toBe(false);
  });
});
