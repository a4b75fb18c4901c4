import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { InsightRates, RateBands } from '#contracts';
import type { CampaignId, PartnerGroupId, PartnerId, VendorId } from '#kernel';
import { groupMedians, type GroupMedian } from './comparison.js';
import { type Counts, ratesOf } from './numbers.js';
import { PeerGroups } from './peer-groups.service.js';
import { lastDayOf } from './release-calendar.js';

/** Rates of fewer people than this are in no median. */
const PEOPLE_NEEDED = 50;

/**
 * Medians of partners, released with the results of four weeks. Computed on
 * demand, two readings would reveal what one partner did in between.
 */
@Injectable()
export class MedianBands {
  constructor(
    private readonly database: Database,
    private readonly peers: PeerGroups,
  ) {}

  /** Stores the medians of four weeks, in the open transaction. */
  async release(vendorId: VendorId, startsOn: string): Promise<void> {
    const groups = await this.peers.ofVendor(vendorId);
    for (const [campaignId, rates] of await this.rates(vendorId, startsOn))
      for (const { groupId, senders, bands } of groupMedians(groups, rates))
        await this.database.query(
          `INSERT INTO insight.median_band (vendor_id, campaign_id, starts_on, group_id, senders, bands)
           VALUES ($1, $2, $3, $4, $5, $6)`,
          [vendorId, campaignId, startsOn, groupId, senders, JSON.stringify(bands)],
        );
  }

  /** @returns the medians of a campaign in the four weeks from `startsOn`. */
  async find(campaignId: CampaignId, startsOn: string): Promise<GroupMedian<PartnerGroupId>[]> {
    return this.database.query<GroupMedian<PartnerGroupId> & { readonly bands: RateBands }>(
      'SELECT group_id, senders, bands FROM insight.median_band WHERE campaign_id = $1 AND starts_on = $2',
      [campaignId, startsOn],
    );
  }

  /** Rates of all partners that wrote to enough people, by campaign. */
  private async rates(vendorId: VendorId, startsOn: string): Promise<Map<CampaignId, Map<PartnerId, InsightRates>>> {
    const rows = await this.database.query<{ campaignId: CampaignId; partnerId: PartnerId; counts: Counts }>(
      `WITH own AS (SELECT id, campaign_id FROM activations.activation_view WHERE vendor_id = $1),
       sender AS (
         SELECT own.campaign_id, m.partner_id FROM own JOIN delivery.message_view m ON m.activation_id = own.id
         WHERE m.state IN ('accepted', 'delivered', 'bounced', 'complained') AND (m.settled_at AT TIME ZONE 'UTC')::date BETWEEN $2 AND $3
         GROUP BY 1, 2 HAVING count(DISTINCT m.contact_id) >= $4)
       SELECT campaign_id, partner_id, jsonb_object_agg(metric, n) AS counts FROM (
         SELECT own.campaign_id, f.partner_id, f.metric, sum(f.n)::int AS n
         FROM own JOIN insight.fact f ON f.activation_id = own.id JOIN sender s ON s.campaign_id = own.campaign_id AND s.partner_id = f.partner_id
         WHERE f.on_day BETWEEN $2 AND $3 GROUP BY 1, 2, 3) one GROUP BY 1, 2`,
      [vendorId, startsOn, lastDayOf('four-weeks', startsOn), PEOPLE_NEEDED],
    );
    const found = new Map<CampaignId, Map<PartnerId, InsightRates>>();
    for (const { campaignId, partnerId, counts } of rows) {
      const rates = ratesOf(counts);
      if (rates === null) continue;
      found.set(campaignId, (found.get(campaignId) ?? new Map<PartnerId, InsightRates>()).set(partnerId, rates));
    }
    return found;
  }
}
