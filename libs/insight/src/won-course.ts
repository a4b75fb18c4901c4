import type { WonFigure } from '#contracts';

interface WonOn {
  readonly on: string;
  readonly currency: string;
  readonly minorUnits: number;
}

/**
 * The course of what was won since the start: the amount of now, less what was won after each day.
 * @param amounts of now, by currency.
 * @param won what was won after the first day, and perhaps more.
 * @returns empty if there are amounts in several currencies, or none.
 */
export function wonCourse(
  amounts: WonFigure['amounts'],
  won: readonly WonOn[],
  days: readonly string[],
): WonFigure['points'] {
  const [amount, ...others] = amounts;
  if (amount === undefined || others.length > 0) return [];
  // What was refunded whole, or corrected to nothing, may be in another currency.
  const own = won.filter(({ currency }) => currency === amount.currency);
  return days.map((on) => ({
    on,
    minorUnits: own.reduce((rest, one) => (one.on > on ? rest - one.minorUnits : rest), amount.minorUnits),
  }));
}
