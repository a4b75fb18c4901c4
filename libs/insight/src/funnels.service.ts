import { Injectable } from '@nestjs/common';
import type { VendorCampaignInsight } from '#contracts';
import { Database } from '#database';
import { type CampaignId, systemActor, type VendorId } from '#kernel';
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

/**
 * Partners that are alike in a campaign.
 * Days are Mondays, `2026-11-16`.
 */
interface Launched extends Cohort {
  readonly campaignId: CampaignId;
  readonly wonOn: string | null;
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
          ...stages(launched.get(campaign.campaignId) ?? [], asOf),
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

  /** And whether they have got leads, and won them. */
  private async launched(vendorId: VendorId): Promise<Map<CampaignId, Launched[]>> {
    const rows = await this.database.query<Launched>(
      `WITH fresh AS MATERIALIZED (
         SELECT activation_id, metric, min(on_day) AS on_day FROM insight.delta WHERE vendor_id = $1 AND metric IN ('leads', 'won') AND n > 0 GROUP BY 1, 2),
       partner AS (
         SELECT a.campaign_id, min(a.launched_at) AS launched_at, min(least(lead.on_day, f.on_day)) AS lead_on, min(least(won.on_day, w.on_day)) AS won_on
         FROM activations.activation_view a
         ${firstDay('leads')} lead ON true LEFT JOIN fresh f ON f.activation_id = a.id AND f.metric = 'leads'
         ${firstDay('won')} won ON true LEFT JOIN fresh w ON w.activation_id = a.id AND w.metric = 'won'
         WHERE a.vendor_id = $1 GROUP BY a.campaign_id, a.partner_id)
       SELECT campaign_id, ${mondayIn('launched_at')} AS since, date_trunc('week', lead_on)::date::text AS did,
         date_trunc('week', won_on)::date::text AS won_on, count(*)::int AS partners
       FROM partner GROUP BY 1, 2, 3, 4`,
      [vendorId],
    );
    const of = new Map<CampaignId, Launched[]>(rows.map(({ campaignId }) => [campaignId, []]));
    for (const row of rows) of.get(row.campaignId)?.push(row);
    return of;
  }
}

/** A look at an index for each activation, and not at all its days. */
const firstDay = (metric: 'leads' | 'won'): string =>
  `LEFT JOIN LATERAL (SELECT on_day FROM insight.daily WHERE activation_id = a.id AND metric = '${metric}' AND n > 0 ORDER BY on_day LIMIT 1)`;

/** Each stage counts only partners that the stage before counted. */
function stages(
  partners: readonly Launched[],
  asOf: string,
): Pick<VendorCampaignInsight['funnel'], 'launched' | 'firstLead' | 'won'> {
  const leads = thresholded(partners, asOf);
  const won = thresholded(
    leads.who.map(({ one: { partners: count, wonOn }, since }) => ({ partners: count, since, did: wonOn })),
    asOf,
  );
  return {
    launched: leads.of ?? (partners.some(({ since }) => since <= asOf) ? null : 0),
    firstLead: leads.did,
    won: leads.did === 0 ? 0 : won.did,
  };
}
