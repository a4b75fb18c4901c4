import type { AttributionModel } from '#attribution';
import type { Returns, Source } from '#contracts';
import { groupBy } from '#kernel';
import { amountsOf } from '../partner-results.js';
import type { CostTactic } from '../costs/returns.js';
import { creditsOf } from './credits.js';
import type { DealPath, DealTouch } from './deal-touches.service.js';

/** What led to a page without a step of an e-mail. QR codes stand on printed documents. */
const TACTIC_OF = {
  email: 'email',
  post: 'social',
  qr: 'document',
  embed: 'page',
  feed: 'page',
  direct: 'page',
} as const satisfies Record<Source, CostTactic>;

/** The tactic that led to a touch, as its channel names it. */
export const tacticOf = ({ source }: Pick<DealTouch, 'source'>): Exclude<CostTactic, null> =>
  source === null ? 'email' : TACTIC_OF[source];

/**
 * The credits of deals by tactic and currency, by one model. Those of deals without a touch are of no tactic (null),
 * so all add up to what was won.
 */
export function creditsByTactic(
  deals: readonly DealPath[],
  model: AttributionModel,
): ReadonlyMap<CostTactic, Returns['won']> {
  const parts = deals.flatMap((deal) => {
    const { currency, path, amountMinor, refundedMinor } = deal;
    if (currency === null) return [];
    const part = (tactic: CostTactic, amount: bigint) => ({ tactic, currency, minorUnits: Number(amount) });
    if (path.touches.length === 0) return [part(null, amountMinor - refundedMinor)];
    const tactics = new Map(path.touches.map((touch) => [touch.id, tacticOf(touch)]));
    return creditsOf(deal, model).map((credit) => part(tactics.get(credit.touch.id) ?? null, credit.amountMinor));
  });
  return new Map([...groupBy(parts, ({ tactic }) => tactic)].map(([tactic, own]) => [tactic, amountsOf(own)]));
}
