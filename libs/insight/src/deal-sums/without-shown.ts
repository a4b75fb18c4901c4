import type { Returns } from '#contracts';

type Sums = Returns['won'];

/**
 * Sums without names, less what may be in amounts with names, too. The parts of the partners in a sum are unknown, so
 * the most that can be is left out: all of the doubtful sums, or all that the named partners won, whichever is
 * less. What remains is a lower bound of what the sums add.
 * @param all of every sum, by currency.
 * @param doubtful of the sums in which a named partner may be.
 * @param named what these partners won, by name.
 */
export function withoutShown(
  all: Sums,
  doubtful: Sums,
  named: Sums,
): { readonly counted: Sums; readonly leftOut: Sums } {
  const leftOut = all
    .map(({ currency }) => ({
      currency,
      minorUnits: Math.max(0, Math.min(amountIn(doubtful, currency), amountIn(named, currency))),
    }))
    .filter(({ minorUnits }) => minorUnits > 0);
  return {
    counted: all
      .map(({ currency, minorUnits }) => ({ currency, minorUnits: minorUnits - amountIn(leftOut, currency) }))
      .filter(({ minorUnits }) => minorUnits !== 0),
    leftOut,
  };
}

const amountIn = (sums: Sums, currency: string): number =>
  sums.find((sum) => sum.currency === currency)?.minorUnits ?? 0;
