import { Injectable } from '@nestjs/common';
import type { AttributionModelName, PartnerReturns } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import type { CampaignId, PartnerActor } from '#kernel';
import { Attributions } from '../attribution/attributions.service.js';
import { PartnerCounts } from '../partner-counts.service.js';
import { titleIn } from '../partner-results.js';
import type { DayWindow } from '../window.js';
import { Costs } from './costs.service.js';
import { costsWithin, newestFirst, returnsByTactic, returnsOf, unrelated } from './returns.js';

/** What a partner paid in a period, beside the leads and deals of the same rows as its results. */
@Injectable()
export class PartnerReturnsReader {
  constructor(
    private readonly database: Database,
    private readonly counts: PartnerCounts,
    private readonly costs: Costs,
    private readonly attributions: Attributions,
  ) {}

  /**
   * Campaigns with costs, leads or deals, newest first; what is of none last.
   * @param model divides what was won among tactics.
   */
  async read(actor: PartnerActor, window: DayWindow, model: AttributionModelName): Promise<PartnerReturns> {
    requirePermission(actor, 'activations.read');
    const costs = await this.costs.within(actor, window);
    const deals = await this.counts.deals(actor, actor.partnerId, window);
    const leads = await this.leads(actor, window);
    const launched = await this.counts.launched(actor, actor.partnerId);
    const ids = new Set([...costs, ...deals].map(({ campaignId }) => campaignId).concat([...leads.keys()]));
    return {
      ...window,
      total: returnsOf(
        costsWithin(costs, window),
        deals,
        [...leads.values()].reduce((sum, count) => sum + count, 0),
      ),
      campaigns: [...ids].sort(newestFirst).map((campaignId) => {
        const { titles = {}, locale = 'en' } = (campaignId === null ? undefined : launched.get(campaignId)) ?? {};
        const own = returnsOf(
          costsWithin(
            costs.filter((cost) => cost.campaignId === campaignId),
            window,
          ),
          deals.filter((deal) => deal.campaignId === campaignId),
          campaignId === null ? 0 : (leads.get(campaignId) ?? 0),
        );
        return {
          campaignId,
          title: titleIn(titles, locale),
          titles: { ...titles },
          ...(campaignId === null ? unrelated(own) : own),
        };
      }),
      model,
      tactics: returnsByTactic(costs, window, await this.attributions.byTactic(actor, window, model)),
    };
  }

  /** New leads by campaign. */
  private async leads(actor: PartnerActor, { from, to }: DayWindow): Promise<ReadonlyMap<CampaignId, number>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ campaignId: CampaignId; leads: number }>(
        `SELECT a.campaign_id, sum(f.n)::int AS leads FROM insight.fact f JOIN activations.activation_view a ON a.id = f.activation_id
         WHERE f.partner_id = $1 AND f.metric = 'leads' AND f.on_day BETWEEN $2 AND $3 GROUP BY 1 HAVING sum(f.n) <> 0`,
        [actor.partnerId, from, to],
      ),
    );
    return new Map(rows.map(({ campaignId, leads }) => [campaignId, leads]));
  }
}
