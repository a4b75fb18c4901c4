import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, notFound, systemActor, type VendorActor } from '#kernel';
import type { VendorCampaignInsight, VendorInsight } from '#contracts';
import { type CampaignFunnel, Funnels } from './funnels.service.js';
import { type Counts, numbersOf, sum } from './numbers.js';
import { type CampaignWeek, isShown, type Breakdown, splitShown, SMALLEST_GROUP, sumOfShown } from './small-groups.js';
import { variantView } from './variant-view.js';
import { addDays, dayOf, finishedWeeks, mondayOf, type DayWindow, windowOf } from './window.js';

interface CampaignWeekRow extends CampaignWeek {
  readonly campaignId: CampaignId;
  readonly startsOn: string;
  /** By step and recipient variant. */
  readonly parts: readonly Breakdown[];
  /** Number of partners in all parts that have fewer than five partners. */
  readonly inSmall: number;
}

/**
 * Results of a vendor's campaigns: weekly sums. Sums of fewer than five
 * partners are never shown.
 */
@Injectable()
export class VendorInsights {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly funnels: Funnels,
  ) {}

  /** @throws DomainError `insight.window`. */
  async all(actor: VendorActor, asked: Partial<DayWindow>): Promise<VendorInsight> {
    requirePermission(actor, 'vendor-activations.read');
    const today = dayOf(this.clock.now());
    const window = windowOf(asked, today);
    const weeks = finishedWeeks(window, today);
    const from = mondayOf(window.from);
    const to = addDays(weeks.at(-1) ?? from, weeks.length === 0 ? -1 : 6);
    // The funnel ends with last week, so that two requests within a week show
    // the same numbers.
    const asOf = addDays(mondayOf(today), -1);
    const [funnels, campaignWeeks] = await Promise.all([
      this.funnels.forVendor(actor.vendorId, asOf),
      this.cells(actor, from, to),
    ]);
    const campaigns = funnels.map((funnel) => campaignView(funnel, weeks, campaignWeeks));
    return {
      from,
      to,
      smallestGroup: SMALLEST_GROUP,
      numbers: numbersOf(sumOfShown(campaignWeeks)),
      withheldWeeks: campaignWeeks.filter((cell) => !isShown(cell)).length,
      campaigns,
    };
  }

  /**
   * @throws DomainError `insight.window`; `campaign.not-found` for another
   *   vendor's campaign, and for one that was never published.
   */
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

  private async cells({ vendorId }: VendorActor, from: string, to: string): Promise<CampaignWeekRow[]> {
    return this.database.inTransaction(systemActor('insight'), async () => {
      // Tens of thousands of numbers are grouped here; PostgreSQL would sort
      // them on disk.
      await this.database.query(`SELECT set_config('work_mem', '32MB', true)`);
      const cells = await this.database.query<Omit<CampaignWeekRow, 'counts'>>(CAMPAIGN_WEEKS, [
        vendorId,
        from,
        to,
        SMALLEST_GROUP,
      ]);
      return cells.map((cell) => ({ ...cell, counts: sum(cell.parts.map(({ counts }) => counts)) }));
    });
  }
}

/**
 * Counts of the parts of campaigns ($1: the vendor) by week of a window ($2,
 * $3), with the number of partners of each ($4: the threshold). UNION and GROUP
 * BY instead of joins: PostgreSQL cannot estimate grouped rows, and would use
 * nested loops.
 */
const CAMPAIGN_WEEKS = `
  WITH of_partner AS MATERIALIZED (
    SELECT a.campaign_id, date_trunc('week', f.on_day)::date AS starts_on, f.step_key, f.variant, f.partner_id, f.metric, sum(f.n) AS n
    FROM insight.fact f JOIN activations.activation_view a ON a.id = f.activation_id
    WHERE f.vendor_id = $1 AND f.on_day BETWEEN $2 AND $3 GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(f.n) <> 0),
  sharer AS MATERIALIZED (
    SELECT campaign_id, starts_on, step_key, variant, partner_id, count(*) OVER (PARTITION BY campaign_id, starts_on, step_key, variant) AS in_part
    FROM (SELECT DISTINCT campaign_id, starts_on, step_key, variant, partner_id FROM of_partner) one),
  crowd AS (
    SELECT campaign_id, starts_on, count(DISTINCT partner_id)::int AS partners, (count(DISTINCT partner_id) FILTER (WHERE in_part < $4))::int AS in_small
    FROM sharer GROUP BY 1, 2),
  part AS (
    SELECT campaign_id, starts_on, jsonb_build_object('stepKey', step_key, 'variant', variant, 'partners', max(n) FILTER (WHERE metric IS NULL),
      'counts', jsonb_object_agg(metric, n) FILTER (WHERE metric IS NOT NULL)) AS part
    FROM (SELECT campaign_id, starts_on, step_key, variant, metric, sum(n)::int AS n FROM of_partner GROUP BY 1, 2, 3, 4, 5
          UNION ALL SELECT campaign_id, starts_on, step_key, variant, NULL, max(in_part)::int FROM sharer GROUP BY 1, 2, 3, 4) one
    GROUP BY campaign_id, starts_on, step_key, variant)
  SELECT campaign_id, starts_on::text, max(partners) AS partners, max(in_small) AS in_small,
    jsonb_agg(part) FILTER (WHERE part IS NOT NULL) AS parts
  FROM (SELECT campaign_id, starts_on, partners, in_small, NULL AS part FROM crowd
        UNION ALL SELECT campaign_id, starts_on, NULL, NULL, part FROM part) one
  GROUP BY 1, 2`;

const NONE: CampaignWeek = { partners: 0, counts: {} };

function campaignView(
  { campaignId, title, funnel }: CampaignFunnel,
  weeks: readonly string[],
  all: readonly CampaignWeekRow[],
): VendorCampaignInsight {
  const own = all.filter((cell) => cell.campaignId === campaignId);
  return {
    campaignId,
    title,
    funnel,
    numbers: numbersOf(sumOfShown(own)),
    weeks: weeks.map((startsOn) => {
      const cell = own.find((one) => one.startsOn === startsOn) ?? NONE;
      return isShown(cell)
        ? { startsOn, partners: cell.partners, numbers: numbersOf(cell.counts) }
        : { startsOn, partners: null, numbers: null };
    }),
    ...partsView(own.filter(isShown).sort((a, b) => a.startsOn.localeCompare(b.startsOn, 'en'))),
  };
}

/** The parts of shown cells by week, oldest first. */
function partsView(cells: readonly CampaignWeekRow[]): Pick<VendorCampaignInsight, 'parts' | 'rest'> {
  const of = new Map<string, { part: Breakdown; weeks: { startsOn: string; counts: Counts }[] }>();
  const rests: { startsOn: string; counts: Counts }[] = [];
  for (const { startsOn, parts, inSmall } of cells) {
    const { shown, rest } = splitShown(parts, inSmall);
    if (rest !== null) rests.push({ startsOn, counts: rest });
    for (const part of shown) {
      const key = JSON.stringify([part.stepKey, part.variant]);
      const known = of.get(key) ?? { part, weeks: [] };
      known.weeks.push({ startsOn, counts: part.counts });
      of.set(key, known);
    }
  }
  return {
    parts: [...of.values()].map(({ part: { stepKey, variant }, weeks }) => ({
      stepKey,
      ...variantView(variant),
      ...inWeeks(weeks),
    })),
    rest: inWeeks(rests),
  };
}

const inWeeks = (weeks: readonly { startsOn: string; counts: Counts }[]): VendorCampaignInsight['rest'] => ({
  numbers: numbersOf(sum(weeks.map(({ counts }) => counts))),
  weeks: weeks.map(({ startsOn, counts }) => ({ startsOn, numbers: numbersOf(counts) })),
});
