import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, notFound, systemActor, type VendorActor } from '#kernel';
import type { VendorCampaignInsight, VendorInsight } from '#contracts';
import { type Counts, numbersOf } from './numbers.js';
import { type Cell, isShown, shownIn, SMALLEST_GROUP, sumOfShown } from './small-groups.js';
import { addDays, dayOf, finishedWeeks, mondayOf, type DayWindow, windowOf } from './window.js';

interface Programme {
  readonly invited: number;
  readonly brandComplete: number;
}

interface CampaignFunnel {
  readonly campaignId: CampaignId;
  readonly title: string;
  readonly launched: number;
  readonly firstLead: number;
  readonly won: number;
}

interface WeekCell extends Cell {
  readonly campaignId: CampaignId;
  readonly startsOn: string;
}

/** What a vendor may know of its campaigns: sums over five partners or more, week by week, and nobody in them. */
@Injectable()
export class VendorInsights {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `insight.window`. */
  async all(actor: VendorActor, asked: Partial<DayWindow>): Promise<VendorInsight> {
    requirePermission(actor, 'vendor-activations.read');
    const today = dayOf(this.clock.now());
    const window = windowOf(asked, today);
    const weeks = finishedWeeks(window, today);
    const from = mondayOf(window.from);
    const to = addDays(weeks.at(-1) ?? from, weeks.length === 0 ? -1 : 6);
    // The funnel stands as it stood when the last week ended: two looks within a week show the same.
    const asOf = addDays(mondayOf(today), -1);
    const [programme, funnels, cells] = [
      await this.programme(actor, asOf),
      await this.funnels(actor, asOf),
      await this.cells(actor, from, to),
    ];
    const campaigns = funnels.map((funnel) => campaignView(programme, funnel, weeks, cells));
    return {
      from,
      to,
      smallestGroup: SMALLEST_GROUP,
      numbers: numbersOf(sumOfShown(cells)),
      withheldWeeks: cells.filter((cell) => !isShown(cell)).length,
      campaigns,
    };
  }

  /** @throws DomainError `insight.window`; `campaign.not-found` for another vendor's, and for one that was never published. */
  async ofCampaign(
    actor: VendorActor,
    campaignId: CampaignId,
    asked: Partial<DayWindow>,
  ): Promise<VendorCampaignInsight> {
    const { campaigns } = await this.all(actor, asked);
    const found = campaigns.find((campaign) => campaign.campaignId === campaignId);
    if (found === undefined) throw notFound('campaign', campaignId);
    return found;
  }

  private async programme({ vendorId }: VendorActor, asOf: string): Promise<Programme> {
    const [found] = await this.read<Programme>(
      `SELECT count(*)::int AS invited, count(b.partner_id)::int AS "brandComplete"
       FROM (SELECT DISTINCT partner_id FROM organisations.membership WHERE vendor_id = $1 AND status <> 'ended' AND (invited_at AT TIME ZONE 'UTC')::date <= $2) m
       LEFT JOIN insight.brand_completion b ON b.partner_id = m.partner_id AND (b.completed_at AT TIME ZONE 'UTC')::date <= $2`,
      [vendorId, asOf],
    );
    return found ?? { invited: 0, brandComplete: 0 };
  }

  private async funnels({ vendorId }: VendorActor, asOf: string): Promise<CampaignFunnel[]> {
    return this.read<CampaignFunnel>(
      `SELECT c.id AS "campaignId", v.title, coalesce(l.launched, 0)::int AS launched, coalesce(l.leads, 0)::int AS "firstLead", coalesce(l.won, 0)::int AS won
       FROM campaigns.campaign c
       JOIN LATERAL (SELECT coalesce(title ->> 'en', (SELECT min(value) FROM jsonb_each_text(title)), theme) AS title
                     FROM campaigns.campaign_version WHERE campaign_id = c.id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1) v ON true
       LEFT JOIN LATERAL (
         SELECT count(*) AS launched, count(*) FILTER (WHERE p.leads > 0) AS leads, count(*) FILTER (WHERE p.won > 0) AS won FROM (
           SELECT a.partner_id, coalesce(sum(f.n) FILTER (WHERE f.metric = 'leads'), 0) AS leads, coalesce(sum(f.n) FILTER (WHERE f.metric = 'won'), 0) AS won
           FROM activations.activation a LEFT JOIN insight.fact f ON f.activation_id = a.id AND f.metric IN ('leads', 'won') AND f.on_day <= $2
           WHERE a.campaign_id = c.id AND (a.launched_at AT TIME ZONE 'UTC')::date <= $2 GROUP BY a.partner_id) p) l ON true
       WHERE c.vendor_id = $1 ORDER BY c.id DESC`,
      [vendorId, asOf],
    );
  }

  private async cells({ vendorId }: VendorActor, from: string, to: string): Promise<WeekCell[]> {
    return this.read<WeekCell>(
      `WITH of_partner AS MATERIALIZED (
         SELECT a.campaign_id, date_trunc('week', f.on_day)::date AS starts_on, f.partner_id, f.metric, sum(f.n) AS n
         FROM insight.fact f JOIN activations.activation a ON a.id = f.activation_id
         WHERE f.vendor_id = $1 AND f.on_day BETWEEN $2 AND $3 GROUP BY 1, 2, 3, 4),
       crowd AS (SELECT campaign_id, starts_on, count(DISTINCT partner_id)::int AS partners FROM of_partner GROUP BY 1, 2),
       total AS (SELECT campaign_id, starts_on, metric, sum(n)::int AS n FROM of_partner GROUP BY 1, 2, 3)
       SELECT campaign_id AS "campaignId", starts_on::text AS "startsOn", partners, jsonb_object_agg(metric, n) AS counts
       FROM crowd JOIN total USING (campaign_id, starts_on) GROUP BY 1, 2, 3`,
      [vendorId, from, to],
    );
  }

  private read<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return this.database.inTransaction(systemActor('insight'), () => this.database.query<Row>(sql, parameters));
  }
}

const NONE: { readonly partners: number; readonly counts: Counts } = { partners: 0, counts: {} };

function campaignView(
  { invited, brandComplete }: Programme,
  { campaignId, title, launched, firstLead, won }: CampaignFunnel,
  weeks: readonly string[],
  all: readonly WeekCell[],
): VendorCampaignInsight {
  const own = all.filter((cell) => cell.campaignId === campaignId);
  return {
    campaignId,
    title,
    funnel: {
      invited: shownIn(invited, invited),
      brandComplete: shownIn(invited, brandComplete),
      launched: shownIn(invited, launched),
      firstLead: shownIn(launched, firstLead),
      won: shownIn(launched, won),
    },
    numbers: numbersOf(sumOfShown(own)),
    weeks: weeks.map((startsOn) => {
      const cell = own.find((one) => one.startsOn === startsOn) ?? NONE;
      return isShown(cell)
        ? { startsOn, partners: cell.partners, numbers: numbersOf(cell.counts) }
        : { startsOn, partners: null, numbers: null };
    }),
  };
}
