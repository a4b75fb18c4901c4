import { Injectable } from '@nestjs/common';
import type { VendorCampaignInsight } from '#contracts';
import { Database } from '#database';
import { type CampaignId, groupBy, systemActor, type VendorId } from '#kernel';
import { thresholded, type Cohort } from './thresholded-counts.js';
import { mondayIn } from './window.js';

export interface CampaignFunnel {
  readonly campaignId: CampaignId;
  readonly title: string;
  readonly funnel: VendorCampaignInsight['funnel'];
}

interface Campaign {
  readonly campaignId: CampaignId;
  readonly title: string;
}

/** Partners that launched a campaign in the same week. */
interface Launched extends Cohort {
  readonly campaignId: CampaignId;
}

/** Progress of a vendor's partners: counts that change by five or more. */
@Injectable()
export class Funnels {
  constructor(private readonly database: Database) {}

  /**
   * Every campaign ever published, newest first.
   * @param asOf the end of the last complete week.
   */
  async forVendor(vendorId: VendorId, asOf: string): Promise<CampaignFunnel[]> {
    return this.database.inTransaction(systemActor('insight'), async () => {
      const brands = thresholded(await this.invited(vendorId), asOf);
      const launched = await this.launched(vendorId);
      return (await this.campaigns(vendorId)).map((campaign) => ({
        ...campaign,
        funnel: {
          invited: brands.of,
          brandComplete: brands.did,
          launched: launchedCount(launched.get(campaign.campaignId) ?? [], asOf),
        },
      }));
    });
  }

  private campaigns(vendorId: VendorId): Promise<Campaign[]> {
    return this.database.query<Campaign>(
      `SELECT c.id AS campaign_id, v.title FROM campaigns.campaign_view c
       JOIN LATERAL (SELECT coalesce(title ->> 'en', (SELECT min(value) FROM jsonb_each_text(title)), theme) AS title
                     FROM campaigns.campaign_version_view WHERE campaign_id = c.id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1) v ON true
       WHERE c.vendor_id = $1 ORDER BY c.id DESC`,
      [vendorId],
    );
  }

  /**
   * With the completeness of their brand. Partners that left the programme
   * since stay: otherwise the number would change by one.
   */
  private invited(vendorId: VendorId): Promise<Cohort[]> {
    return this.database.query<Cohort>(
      `SELECT ${mondayIn('invited_at')} AS since, ${mondayIn('completed_at')} AS did, count(*)::int AS partners
       FROM (SELECT partner_id, min(invited_at) AS invited_at FROM organisations.membership_view WHERE vendor_id = $1 GROUP BY 1) m
       LEFT JOIN insight.brand_completion b USING (partner_id) GROUP BY 1, 2`,
      [vendorId],
    );
  }

  private async launched(vendorId: VendorId): Promise<Map<CampaignId, Launched[]>> {
    const rows = await this.database.query<Launched>(
      `SELECT campaign_id, ${mondayIn('launched_at')} AS since, NULL AS did, count(*)::int AS partners
       FROM (SELECT campaign_id, partner_id, min(launched_at) AS launched_at FROM activations.activation_view WHERE vendor_id = $1 GROUP BY 1, 2) one
       GROUP BY 1, 2`,
      [vendorId],
    );
    return groupBy(rows, ({ campaignId }) => campaignId);
  }
}

function launchedCount(partners: readonly Launched[], asOf: string): number | null {
  return thresholded(partners, asOf).of ?? (partners.some(({ since }) => since <= asOf) ? null : 0);
}
