import type { PartnerReturns, Returns, VendorReturns } from '#contracts';
import type { CampaignId } from '#kernel';
import type { DealCount } from '../partner-counts.service.js';
import { amountsOf } from '../partner-results.js';
import { type Cost, costWithin } from './cost.js';
import type { DayWindow } from '../window.js';

type Sums = Returns['costs'];
export type CostTactic = Cost['tactic'];
type VendorReturn = Omit<VendorReturns['total'], 'wonByName' | 'wonTogether'>;

/** What came of a vendor's costs, as far as it may know. */
interface KnownOfPartners {
  readonly won: readonly Sums[number][];
  readonly leads: number;
  /** Null: its reader may not see it. */
  readonly open: readonly Sums[number][] | null;
  /** Some partners show what they won: none is not the same as nothing won. */
  readonly isKnown: boolean;
}

type DealOfCampaign = Pick<DealCount, 'state' | 'currency' | 'minorUnits' | 'deals'>;

/** The part of costs that falls into a window, by currency. */
export const costsWithin = (costs: readonly Cost[], window: DayWindow): Sums =>
  amountsOf(costs.map((cost) => ({ currency: cost.amount.currency, minorUnits: costWithin(cost, window) }))).filter(
    ({ minorUnits }) => minorUnits !== 0,
  );

/** Costs of each tactic, those of no single one last. */
export const costsByTactic = (costs: readonly Cost[], window: DayWindow): VendorReturns['tactics'] =>
  returnsByTactic(costs, window, new Map()).map(({ tactic, costs: sums }) => ({ tactic, costs: sums }));

/**
 * Costs of each tactic beside its part of what was won, those of no single one last.
 * @param won credits by tactic; null: of deals that no touch is known of.
 */
export function returnsByTactic(
  costs: readonly Cost[],
  window: DayWindow,
  won: ReadonlyMap<CostTactic, Sums>,
): PartnerReturns['tactics'] {
  const tactics = new Set([...costs.map(({ tactic }) => tactic), ...won.keys()]);
  return [...tactics]
    .sort((one, other) => (one ?? '\uffff').localeCompare(other ?? '\uffff', 'en'))
    .map((tactic) => {
      const own = costsWithin(
        costs.filter((cost) => cost.tactic === tactic),
        window,
      );
      const credited = won.get(tactic) ?? [];
      const roi = tactic === null ? ({ roi: null, withoutRoi: 'no-tactic' } as const) : roiOf(own, credited);
      return { tactic, costs: own, won: credited, ...roi };
    })
    .filter((row) => row.costs.length + row.won.length > 0);
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
  const open = sumsOf('open');
  const wonDeals = deals.reduce((sum, deal) => sum + (deal.state === 'won' ? deal.deals : 0), 0);
  return {
    costs,
    open,
    won,
    wonDeals,
    leads,
    costPerLead: sharesOf(costs, leads),
    costPerWonDeal: sharesOf(costs, wonDeals),
    pipelinePerCost: pipelineOf(costs, open),
    ...roiOf(costs, won),
  };
}

const sharesOf = (costs: Sums, parts: number): Sums =>
  parts <= 0 ? [] : costs.map(({ currency, minorUnits }) => ({ currency, minorUnits: Math.round(minorUnits / parts) }));

/** Open amounts divided by costs, to four decimals; null without costs, or where not all are in one currency. */
export function pipelineOf(costs: Sums, open: Sums): number | null {
  const [cost, ...others] = costs;
  const amounts = notZero(open);
  if (cost === undefined || others.length > 0 || amounts.some(({ currency }) => currency !== cost.currency))
    return null;
  return toFourDecimals((amounts[0]?.minorUnits ?? 0) / cost.minorUnits);
}

/** Nothing is nothing in any currency: what was refunded whole, or a deal over zero. */
const notZero = (sums: Sums): Sums => sums.filter(({ minorUnits }) => minorUnits !== 0);

const toFourDecimals = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Won less costs, divided by costs, to four decimals. */
export function roiOf(costs: Sums, won: Sums): Pick<Returns, 'roi' | 'withoutRoi'> {
  const [cost, ...others] = costs;
  if (cost === undefined) return { roi: null, withoutRoi: 'no-costs' };
  const kept = notZero(won);
  if (others.length > 0 || kept.some(({ currency }) => currency !== cost.currency))
    return { roi: null, withoutRoi: 'currencies' };
  const gained = (kept[0]?.minorUnits ?? 0) - cost.minorUnits;
  return { roi: toFourDecimals(gained / cost.minorUnits), withoutRoi: null };
}

/** What came of a vendor's costs, from amounts that partners show, or let count in sums without names. */
export function vendorReturn(costs: Sums, { won, leads, open, isKnown }: KnownOfPartners): VendorReturn {
  const sums = amountsOf(won);
  const shared = open === null ? null : amountsOf(open);
  const roi = isKnown ? roiOf(costs, sums) : ({ roi: null, withoutRoi: 'not-shown' } as const);
  return {
    costs,
    won: sums,
    open: shared,
    leads,
    costPerLead: sharesOf(costs, leads),
    // That no partner shares an open deal does not mean that there is none.
    pipelinePerCost: shared === null || shared.length === 0 ? null : pipelineOf(costs, shared),
    ...roi,
  };
}

/** Ids grow with time; no campaign comes last. */
export const newestFirst = (one: CampaignId | null, other: CampaignId | null): number =>
  one === null ? 1 : other === null ? -1 : other.localeCompare(one, 'en');

/** Costs and deals of no campaign: neither came of the other. */
export const unrelated = <Of extends Pick<Returns, 'costPerLead' | 'pipelinePerCost' | 'roi' | 'withoutRoi'>>(
  returns: Of,
): Of => ({
  ...returns,
  costPerLead: [],
  pipelinePerCost: null,
  ...('costPerWonDeal' in returns ? { costPerWonDeal: [] } : {}),
  roi: null,
  withoutRoi: 'no-campaign',
});
