import { Injectable } from '@nestjs/common';
import type { VendorReturns } from '#contracts';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, type VendorActor } from '#kernel';
import { SumsInReturns } from '../deal-sums/sums-in-returns.service.js';
import { amountsOf } from '../partner-results.js';
import { ShownResultsReader } from '../programme/shown-results.service.js';
import { dayOf } from '../window.js';
import type { Cost } from './cost.js';
import { Costs } from './costs.service.js';
import { costsByTactic, costsWithin, newestFirst, unrelated, vendorReturn } from './returns.js';

/** Before all costs. */
const FIRST_DAY = '1970-01-01';

/**
 * A vendor's own costs, beside what its partners won. Won amounts are those of
 * partners that show their totals, exactly as the vendor sees them there, and in
 * the total the sums without names that it has. So a return tells nothing of a
 * partner that it does not know from these.
 */
@Injectable()
export class VendorReturnsReader {
  constructor(
    private readonly clock: Clock,
    private readonly costs: Costs,
    private readonly shown: ShownResultsReader,
    private readonly together: SumsInReturns,
  ) {}

  /** Since the start, up to today. Campaigns newest first; what is of none last. */
  async read(actor: VendorActor): Promise<VendorReturns> {
    requirePermission(actor, 'vendor-insight.read');
    const window = { from: FIRST_DAY, to: dayOf(this.clock.now()) };
    const costs = await this.costs.within(actor, window);
    const { campaigns, partners } = await this.costs.choices(actor);
    const { showing, won, leads } = await this.shown.byCampaign(actor);
    const { wonTogether, together } = await this.together.read(actor);
    const sums = (own: readonly Cost[]) => costsWithin(own, window);
    const ids = new Set<CampaignId | null>([...costs, ...won, ...leads].map(({ campaignId }) => campaignId));
    const countOf = (of: readonly { readonly leads: number }[]): number => of.reduce((sum, one) => sum + one.leads, 0);
    return {
      showing,
      total: {
        ...vendorReturn(sums(costs), [...won, ...wonTogether], countOf(leads), showing + wonTogether.length > 0),
        wonByName: amountsOf(won),
        wonTogether,
      },
      together,
      campaigns: [...ids].sort(newestFirst).map((campaignId) => {
        const isOwn = (one: { readonly campaignId: CampaignId | null }): boolean => one.campaignId === campaignId;
        const { title = '', titles = {} } = campaigns.find(({ id }) => id === campaignId) ?? {};
        const own = vendorReturn(
          sums(costs.filter(isOwn)),
          won.filter(isOwn),
          countOf(leads.filter(isOwn)),
          showing > 0,
        );
        return {
          campaignId,
          title,
          titles,
          ...(campaignId === null ? unrelated(own) : own),
        };
      }),
      partners: partners
        .map(({ id, name }) => ({
          partnerId: id,
          name,
          costs: sums(costs.filter(({ partnerId }) => partnerId === id)),
        }))
        .filter((partner) => partner.costs.length > 0),
      tactics: costsByTactic(costs, window),
    };
  }
}
