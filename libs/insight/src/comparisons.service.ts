import { Injectable } from '@nestjs/common';
import type { InsightRates, PartnerComparison } from '#contracts';
import { Database } from '#database';
import { type CampaignId, Clock, type PartnerActor, systemActor } from '#kernel';
import type { GroupRule } from '#organisations';
import { compare } from './comparison.js';
import { MedianBands } from './median-bands.service.js';
import { type Counts, ratesOf } from './numbers.js';
import { PeerGroups } from './peer-groups.service.js';
import { lastDayOf, newestDue, startOf } from './release-calendar.js';
import { dayOf, type DayWindow } from './window.js';

/** A partner compared with its group: medians, without names. */
@Injectable()
export class Comparisons {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly peers: PeerGroups,
    private readonly medians: MedianBands,
  ) {}

  /**
   * Over the newest four weeks whose results are released and that start in the
   * window or before it.
   */
  async compare(actor: PartnerActor, campaignId: CampaignId, window: DayWindow): Promise<PartnerComparison> {
    const due = newestDue('four-weeks', dayOf(this.clock.now()));
    const asked = startOf('four-weeks', window.to);
    const from = asked < due ? asked : due;
    const to = lastDayOf('four-weeks', from);
    const own = await this.ownRates(actor, campaignId, { from, to });
    return this.database.inTransaction(systemActor('insight'), async () => {
      const groups = await this.peers.ofCampaign(campaignId);
      const medians = await this.medians.find(campaignId, from);
      const { groupId, median } = compare(actor.partnerId, groups, medians);
      return { from, to, group: groupOf(groups.find(({ id }) => id === groupId)?.rule ?? null), own, median };
    });
  }

  private async ownRates(
    actor: PartnerActor,
    campaignId: CampaignId,
    { from, to }: DayWindow,
  ): Promise<InsightRates | null> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ counts: Counts | null }>(
        `SELECT jsonb_object_agg(metric, n) AS counts FROM (
           SELECT f.metric, sum(f.n)::int AS n FROM activations.activation_view a JOIN insight.fact f ON f.activation_id = a.id
           WHERE a.campaign_id = $1 AND f.partner_id = $2 AND f.on_day BETWEEN $3 AND $4 GROUP BY 1) one`,
        [campaignId, actor.partnerId, from, to],
      ),
    );
    return ratesOf(row?.counts ?? {});
  }
}

/**
 * The criteria of a rule, without group name, named partners and conditions on
 * attributes. Those are internal to the vendor.
 */
function groupOf(rule: GroupRule | null): PartnerComparison['group'] {
  if (rule === null) return null;
  const { tiers = [], regions = [], countries = [], partnerIds = [], conditions = [] } = rule;
  const isHandPicked = partnerIds.length > 0 || conditions.length > 0;
  return { tiers: [...tiers], regions: [...regions], countries: [...countries], isHandPicked };
}
