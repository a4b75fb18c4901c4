import type { PartnerReturns, Returns } from '#contracts';
import type { DealCount } from '../partner-counts.service.js';
import { amountsOf } from '../partner-results.js';
import { type Cost, costWithin } from './cost.js';
import type { DayWindow } from '../window.js';

type Sums = Returns['costs'];
type DealOfCampaign = Pick<DealCount, 'state' | 'currency' | 'minorUnits' | 'deals'>;

/** The part of costs that falls into a window, by currency. */
export const costsWithin = (costs: readonly Cost[], window: DayWindow): Sums =>
  amountsOf(costs.map((cost) => ({ currency: cost.amount.currency, minorUnits: costWithin(cost, window) }))).filter(
    ({ minorUnits }) => minorUnits !== 0,
  );

/** Costs of each tactic, those of no single one last. */
export function costsByTactic(costs: readonly Cost[], window: DayWindow): PartnerReturns['tactics'] {
  const tactics = [...new Set(costs.map(({ tactic }) => tactic))];
  return tactics
    .sort((one, other) => (one ?? '\uffff').localeCompare(other ?? '\uffff', 'en'))
    .map((tactic) => ({
      tactic,
      costs: costsWithin(
        costs.filter((cost) => cost.tactic === tactic),
        window,
      ),
    }))
    .filter((row) => row.costs.length > 0);
}

/**
 * What came of costs. Nothing is converted: where costs and won deals are not in
 * one currency, there is no return on investment.
 */
export function returnsOf(costs: Sums, deals: readonly DealOfCampaign[], leads: number): Returns {
  const sumsOf = (state: DealCount['state']): Sums =>
    amountsOf(
      deals.flatMap((deal) =>
        deal.state !== state || deal.currency === null
          ? []
          : [{ currency: deal.currency, minorUnits: deal.minorUnits }],
      ),
    );
  const won = sumsOf('won');
  const wonDeals = deals.reduce((sum, deal) => sum + (deal.state === 'won' ? deal.deals : 0), 0);
  return {
    costs,
    open: sumsOf('open'),
    won,
    wonDeals,
    leads,
    costPerLead: sharesOf(costs, leads),
    costPerWonDeal: sharesOf(costs, wonDeals),
    ...roiOf(costs, won),
  };
}

const sharesOf = (costs: Sums, parts: number): Sums =>
  parts <= 0 ? [] : costs.map(({ currency, minorUnits }) => ({ currency, minorUnits: Math.round(minorUnits / parts) }));

/** Won less costs, divided by costs, to four decimals. */
export function roiOf(costs: Sums, won: Sums): Pick<Returns, 'roi' | 'withoutRoi'> {
  const [cost, ...others] = costs;
  if (cost === undefined) return { roi: null, withoutRoi: 'no-costs' };
  if (others.length > 0 || won.some(({ currency }) => currency !== cost.currency))
    return { roi: null, withoutRoi: 'currencies' };
  const gained = (won[0]?.minorUnits ?? 0) - cost.minorUnits;
  return { roi: Math.round((gained / cost.minorUnits) * 10_000) / 10_000, withoutRoi: null };
}
