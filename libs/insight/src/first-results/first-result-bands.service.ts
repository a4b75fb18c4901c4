import { Injectable } from '@nestjs/common';
import { TOTALS_WORDING, type VendorFirstResults } from '#contracts';
import { Database, unnestRows } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, groupBy, type PartnerId, type VendorActor, type VendorId } from '#kernel';
import { MEDIAN_PARTNERS } from '../numbers.js';
import { titleIn } from '../partner-results.js';
import { lastDayOf } from '../release-calendar.js';
import { medianBand } from './first-results.js';

/** First results of fewer people than this are in no median. */
const PEOPLE_NEEDED = 50;

type Kind = VendorFirstResults['campaigns'][number]['medians'][number]['kind'];

interface Pending {
  readonly campaignId: CampaignId;
  readonly kind: Kind;
  readonly partnerId: PartnerId;
  readonly days: number;
}

/**
 * Medians of the days from a partner's first launch of a campaign to its first
 * lead, deal and win, as bands. Each partner is in one median at most, so no two
 * medians can be compared to find one partner: those that are too few for a
 * median wait for the next four weeks.
 */
@Injectable()
export class FirstResultBands {
  constructor(private readonly database: Database) {}

  /** Stores the medians that are possible at the end of four weeks, in the open transaction. */
  async release(vendorId: VendorId, startsOn: string): Promise<void> {
    const pending = await this.database.query<Pending>(PENDING, [
      vendorId,
      lastDayOf('four-weeks', startsOn),
      PEOPLE_NEEDED,
      TOTALS_WORDING,
    ]);
    const groups = groupBy(pending, ({ campaignId, kind }) => `${campaignId} ${kind}`);
    for (const partners of groups.values()) {
      const band = medianBand(partners.map(({ days }) => days));
      const [first] = partners;
      if (band === null || first === undefined) continue;
      const { campaignId, kind } = first;
      await this.database.query(
        `INSERT INTO insight.first_result_band (vendor_id, campaign_id, kind, starts_on, partners, from_days, to_days)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [vendorId, campaignId, kind, startsOn, partners.length, band.fromDays, band.toDays],
      );
      const rows = unnestRows(partners, { partnerId: 'uuid' }, [campaignId, kind, startsOn]);
      await this.database.query(
        `INSERT INTO insight.first_result_partner (campaign_id, kind, starts_on, partner_id)
         SELECT $1::uuid, $2, $3::date, partner_id FROM ${rows.from}`,
        rows.parameters,
      );
    }
  }

  /** The newest median of each kind, by campaign, newest campaign first. */
  async forVendor(actor: VendorActor): Promise<VendorFirstResults> {
    requirePermission(actor, 'vendor-insight.read');
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<
        VendorFirstResults['campaigns'][number]['medians'][number] & {
          campaignId: CampaignId;
          titles: Record<string, string>;
        }
      >(
        `SELECT DISTINCT ON (b.campaign_id, b.kind) b.campaign_id, b.kind, b.starts_on::text, b.partners, b.from_days, b.to_days,
           coalesce((SELECT v.title FROM campaigns.campaign_version_view v WHERE v.campaign_id = b.campaign_id
             AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1), '{}') AS titles
         FROM insight.first_result_band b WHERE b.vendor_id = $1 ORDER BY b.campaign_id DESC, b.kind, b.starts_on DESC`,
        [actor.vendorId],
      ),
    );
    return {
      partnersNeeded: MEDIAN_PARTNERS,
      peopleNeeded: PEOPLE_NEEDED,
      campaigns: [...groupBy(rows, ({ campaignId }) => campaignId)].map(([campaignId, own]) => ({
        campaignId,
        title: titleIn(own[0]?.titles ?? {}, 'en'),
        titles: { ...own[0]?.titles },
        medians: own.map(({ kind, startsOn, partners, fromDays, toDays }) => ({
          kind,
          startsOn,
          partners,
          fromDays,
          toDays,
        })),
      })),
    };
  }
}

/**
 * $1: the vendor, $2: the last day, $3: people, $4: the wording that names first deals. Partners with a first
 * result that are in no median of it yet, are members and show the vendor their totals, and wrote to enough people.
 * A deal that closed before the launch did not come of it; a first deal is of the day on which it was entered, as a
 * partner sees it.
 */
const PENDING = `
  WITH own AS MATERIALIZED (
    SELECT id, campaign_id, partner_id, (launched_at AT TIME ZONE 'UTC')::date AS day
    FROM activations.activation_view WHERE vendor_id = $1),
  launched AS (SELECT campaign_id, partner_id, min(day) AS day FROM own GROUP BY 1, 2),
  counted AS (
    SELECT o.campaign_id, o.partner_id, CASE f.metric WHEN 'leads' THEN 'lead' ELSE 'won' END AS kind, f.on_day
    FROM own o JOIN insight.fact f ON f.activation_id = o.id
    WHERE f.metric IN ('leads', 'won') AND f.on_day BETWEEN o.day AND $2::date GROUP BY 1, 2, 3, 4 HAVING sum(f.n) > 0
    UNION ALL
    SELECT o.campaign_id, o.partner_id, 'deal', (d.created_at AT TIME ZONE 'UTC')::date
    FROM own o JOIN leads.deal_view d ON d.activation_id = o.id
    WHERE coalesce(d.closed_on >= o.day, true) AND (d.created_at AT TIME ZONE 'UTC')::date BETWEEN o.day AND $2::date),
  first AS (SELECT campaign_id, partner_id, kind, min(on_day) AS day FROM counted GROUP BY 1, 2, 3)
  SELECT f.campaign_id, f.kind, f.partner_id, f.day - l.day AS days
  FROM first f JOIN launched l USING (campaign_id, partner_id)
  WHERE EXISTS (SELECT FROM organisations.shared_totals_view t
      WHERE t.vendor_id = $1 AND t.partner_id = f.partner_id AND t.is_shared
        AND (f.kind <> 'deal' OR t.wording >= $4))
    AND EXISTS (SELECT FROM organisations.membership_view m
      WHERE m.vendor_id = $1 AND m.partner_id = f.partner_id AND m.status = 'active')
    AND NOT EXISTS (SELECT FROM insight.first_result_partner p
      WHERE p.campaign_id = f.campaign_id AND p.kind = f.kind AND p.partner_id = f.partner_id)
    AND (SELECT count(DISTINCT m.contact_id) FROM own o JOIN delivery.message_view m ON m.activation_id = o.id
      WHERE o.campaign_id = f.campaign_id AND o.partner_id = f.partner_id
        AND m.state IN ('accepted', 'delivered', 'bounced', 'complained')) >= $3
  ORDER BY f.campaign_id, f.kind, f.partner_id`;
