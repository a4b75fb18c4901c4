import {
  type ActivationInsight,
  type DealSums,
  type PartnerCampaignInsight,
  type PartnerInsight,
  type Source,
  SOURCES,
} from '#contracts';
import { groupBy } from '#kernel';
import { type Counts, numbersOf, ratesOf, sum } from './numbers.js';
import type { DayCount, DealCount, WonAmount } from './partner-counts.service.js';
import { daysOf, type DayWindow, intervalOf, mondayOf } from './window.js';

/**
 * Numbers of a period or activation, how many people clicked, and what its won
 * leads are worth.
 */
export type Results = Pick<ActivationInsight, 'numbers' | 'clicked' | 'rates' | 'amounts'>;

/** Sums of counts and amounts. */
export function resultsOf(
  cells: readonly Pick<DayCount, 'counts'>[],
  clicked: number,
  won: readonly WonAmount[],
): Results {
  const counts = countsOf(cells);
  return { numbers: numbersOf(counts), clicked, rates: ratesOf(counts), amounts: amountsOf(won) };
}

const countsOf = (cells: readonly Pick<DayCount, 'counts'>[]): Counts => sum(cells.map(({ counts }) => counts));

/** Sums by currency, in the order of currency codes. */
export function amountsOf(won: readonly Pick<WonAmount, 'currency' | 'minorUnits'>[]): Results['amounts'] {
  return [...groupBy(won, ({ currency }) => currency)]
    .map(([currency, own]) => ({ currency, minorUnits: own.reduce((total, { minorUnits }) => total + minorUnits, 0) }))
    .sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

/** Sums of deals by their state. */
export function dealSums(deals: readonly DealCount[]): DealSums {
  const of = (state: DealCount['state']): DealCount[] => deals.filter((one) => one.state === state);
  const count = (state: DealCount['state']): number => of(state).reduce((sum, one) => sum + one.deals, 0);
  const amounts = (state: DealCount['state']): DealSums['won'] =>
    amountsOf(of(state).flatMap(({ currency, minorUnits }) => (currency === null ? [] : { currency, minorUnits })));
  return {
    open: amounts('open'),
    openDeals: count('open'),
    won: amounts('won'),
    wonDeals: count('won'),
    lost: amounts('lost'),
    lostDeals: count('lost'),
  };
}

/** What came from each source, in the order of `SOURCES`. */
export const sourcesOf = (
  rows: readonly { source: Source; stepKey: string; counts: Readonly<Record<string, number>> }[],
): ActivationInsight['sources'] =>
  SOURCES.flatMap((source) =>
    rows
      .filter((row) => row.source === source)
      .map(({ stepKey, counts }) => ({
        source,
        stepKey: stepKey === '' ? null : stepKey,
        visits: counts['visits'] ?? 0,
        machineVisits: counts['machine-visits'] ?? 0,
        formStarts: counts['form-starts'] ?? 0,
        forms: counts['forms'] ?? 0,
        documents: counts['documents'] ?? 0,
        entries: counts['entries'] ?? 0,
      })),
  );

type CountOfDay = Pick<DayCount, 'onDay' | 'counts'>;

/** Numbers of each day, or week, of a window. */
export function byInterval(window: DayWindow, cells: readonly CountOfDay[]): PartnerInsight['days'] {
  const pointOf = pointsOf(window);
  const points = groupBy(cells, ({ onDay }) => pointOf(onDay));
  const all = new Set(daysOf(window).map(pointOf));
  return [...all].map((on) => ({ on, numbers: numbersOf(countsOf(points.get(on) ?? [])) }));
}

/** Numbers, and the days, or weeks, on which anything was counted. */
export function overTime(
  window: DayWindow,
  cells: readonly CountOfDay[],
  clicked: number,
): Pick<PartnerCampaignInsight['steps'][number], 'numbers' | 'clicked' | 'rates' | 'days'> {
  const counts = countsOf(cells);
  const points = groupBy(cells, ({ onDay }) => pointsOf(window)(onDay));
  return {
    numbers: numbersOf(counts),
    clicked,
    rates: ratesOf(counts),
    days: [...points].map(([on, own]) => ({ on, numbers: numbersOf(countsOf(own)) })),
  };
}

const pointsOf = (window: DayWindow): ((day: string) => string) =>
  intervalOf(window) === 'day' ? (day) => day : mondayOf;

/** A title in a language, or else in another one; empty without any. */
export const titleIn = (titles: Readonly<Record<string, string>>, locale: string): string =>
  titles[locale] ?? titles[locale.slice(0, 2)] ?? titles['en'] ?? Object.values(titles)[0] ?? '';
