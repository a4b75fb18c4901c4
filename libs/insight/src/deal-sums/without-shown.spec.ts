import fc from 'fast-check';
import { amountsOf } from '../partner-results.js';
import { withoutShown } from './without-shown.js';

const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });
const USD = (minorUnits: number) => ({ minorUnits, currency: 'USD' });

describe('sums without names beside amounts with names', () => {
  it('count whole while no partner can be in both', () => {
    expect(withoutShown([EUR(500), USD(70)], [], [])).toEqual({ counted: [EUR(500), USD(70)], leftOut: [] });
  });

  it('are left out as far as a partner may be in both', () => {
    expect(withoutShown([EUR(500), USD(70)], [EUR(300)], [EUR(120), USD(9)])).toEqual({
      counted: [EUR(380), USD(70)],
      leftOut: [EUR(120)],
    });
    expect(withoutShown([EUR(500)], [EUR(500)], [EUR(9_000)])).toEqual({ counted: [], leftOut: [EUR(500)] });
    // Refunds were more than what was won.
    expect(withoutShown([EUR(-5)], [EUR(-5)], [EUR(9)])).toEqual({ counted: [EUR(-5)], leftOut: [] });
  });

  /** Partners with what each has in sums, what it won, and whether it shows its totals since. */
  const anyPartners = fc.array(
    fc
      .record({ won: fc.nat(1_000_000), inSums: fc.nat(1_000_000), shows: fc.boolean() })
      .map((one) => ({ ...one, inSums: Math.min(one.inSums, one.won) })),
    { minLength: 5, maxLength: 12 },
  );
  const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

  it('count nothing twice: with the named amounts they are at most what all won', () => {
    fc.assert(
      fc.property(anyPartners, (partners) => {
        const sums = amountsOf([EUR(total(partners.map(({ inSums }) => inSums)))]);
        const shown = total(partners.map(({ won, shows }) => (shows ? won : 0)));
        const { counted } = withoutShown(sums, sums, [EUR(shown)]);
        const known = total(partners.map(({ won, inSums, shows }) => (shows ? won : inSums)));
        expect(total(counted.map(({ minorUnits }) => minorUnits)) + shown).toBeLessThanOrEqual(known);
      }),
    );
  });
});
