import { Injectable } from '@nestjs/common';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, groupBy, notFound, type PartnerActor } from '#kernel';
import type { PartnerCampaignInsight, PartnerInsight } from '#contracts';
import type { SequenceDefinition } from '#sequencing';
import { Comparisons } from './comparisons.service.js';
import { type Counts, numbersOf, ratesOf, sum } from './numbers.js';
import { variantView } from './variant-view.js';
import { dayOf, daysOf, type DayWindow, windowOf } from './window.js';

interface DayCount {
  readonly campaignId: CampaignId;
  readonly title: string;
  readonly stepKey: string;
  /** By its name in the ledger; empty where none was written down. */
  readonly variant: string;
  readonly onDay: string;
  readonly counts: Counts;
}

/**
 * A campaign's numbers, last launched version and language, and goals reached
 * in the window.
 */
export type CampaignInsight = Omit<PartnerCampaignInsight, 'goals' | 'names'> & {
  readonly campaign: CompiledCampaign;
  readonly locale: string;
  readonly goals: SequenceDefinition['goals'];
  readonly reached: ReadonlyMap<string, number>;
};

/**
 * A line of the partner's download: one variant of one step of one campaign on
 * one day.
 */
export type PartnerInsightLine = DayCount;

/** A campaign as the partner launched it last. */
interface Launched {
  readonly title: string;
  readonly locale: string;
  readonly compiledHash: string;
}

/**
 * A partner's own numbers, read under its own scope, with an anonymous median
 * of others.
 */
@Injectable()
export class PartnerInsights {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly compiled: CompiledCampaigns,
    private readonly comparisons: Comparisons,
  ) {}

  /** @throws DomainError `insight.window`. */
  async all(actor: PartnerActor, asked: Partial<DayWindow>): Promise<PartnerInsight> {
    const window = this.window(actor, asked);
    const dayCounts = await this.cells(actor, window);
    const counts = sum(dayCounts.map((cell) => cell.counts));
    return {
      ...window,
      numbers: numbersOf(counts),
      rates: ratesOf(counts),
      days: byDay(window, dayCounts),
      campaigns: [...groupBy(dayCounts, ({ campaignId }) => campaignId)].map(([campaignId, own]) => ({
        campaignId,
        ...summary(own),
      })),
    };
  }

  /**
   * @throws DomainError `insight.window`; `campaign.not-found` if the partner
   *   never launched it.
   */
  async ofCampaign(actor: PartnerActor, campaignId: CampaignId, asked: Partial<DayWindow>): Promise<CampaignInsight> {
    const window = this.window(actor, asked);
    const launched = (await this.launched(actor)).get(campaignId);
    if (launched === undefined) throw notFound('campaign', campaignId);
    const cells = (await this.cells(actor, window)).filter((cell) => cell.campaignId === campaignId);
    const campaign = await this.compiled.load(launched.compiledHash);
    return {
      ...window,
      campaignId,
      ...summary(cells),
      title: launched.title,
      days: byDay(window, cells),
      steps: [...groupBy(cells, ({ stepKey }) => stepKey)].map(([stepKey, own]) => ({
        stepKey,
        ...overTime(own),
        variants: [...groupBy(own, ({ variant }) => variant)].map(([variant, ofVariant]) => ({
          ...variantView(variant),
          ...overTime(ofVariant),
        })),
      })),
      comparison: await this.comparisons.compare(actor, campaignId, window),
      campaign,
      locale: launched.locale,
      goals: campaign.definition.sequence.goals,
      reached: (await this.reached(actor, window)).get(campaignId) ?? new Map<string, number>(),
    };
  }

  /**
   * Every number of the window, oldest day first.
   * @throws DomainError `insight.window`.
   */
  async lines(actor: PartnerActor, asked: Partial<DayWindow>): Promise<PartnerInsightLine[]> {
    return this.cells(actor, this.window(actor, asked));
  }

  /**
   * Rates of every launched campaign, and those of its group.
   * @throws DomainError `insight.window`.
   */
  async compared(
    actor: PartnerActor,
    asked: Partial<DayWindow>,
  ): Promise<{ campaignId: CampaignId; title: string; comparison: PartnerCampaignInsight['comparison'] }[]> {
    const window = this.window(actor, asked);
    const all = [];
    for (const [campaignId, { title }] of await this.launched(actor))
      all.push({ campaignId, title, comparison: await this.comparisons.compare(actor, campaignId, window) });
    return all;
  }

  /**
   * Goals of every launched campaign, and how many contacts reached them in the
   * window.
   * @throws DomainError `insight.window`.
   */
  async goalsReached(
    actor: PartnerActor,
    asked: Partial<DayWindow>,
  ): Promise<
    DayWindow & { campaigns: readonly Pick<CampaignInsight, 'campaignId' | 'title' | 'goals' | 'reached'>[] }
  > {
    const window = this.window(actor, asked);
    const reached = await this.reached(actor, window);
    const campaigns = [];
    for (const [campaignId, launched] of await this.launched(actor))
      campaigns.push({
        campaignId,
        title: launched.title,
        goals: await this.goalsOf(launched),
        reached: reached.get(campaignId) ?? new Map<string, number>(),
      });
    return { ...window, campaigns };
  }

  private window(actor: PartnerActor, asked: Partial<DayWindow>): DayWindow {
    requirePermission(actor, 'activations.read');
    return windowOf(asked, dayOf(this.clock.now()));
  }

  private async cells(actor: PartnerActor, { from, to }: DayWindow): Promise<DayCount[]> {
    const launched = await this.launched(actor);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Omit<DayCount, 'title'>>(
        `SELECT campaign_id, step_key, variant, on_day::text, jsonb_object_agg(metric, n) AS counts FROM (
           SELECT a.campaign_id, f.step_key, f.variant, f.on_day, f.metric, sum(f.n)::int AS n
           FROM insight.fact f JOIN activations.activation_view a ON a.id = f.activation_id
           WHERE f.partner_id = $1 AND f.on_day BETWEEN $2 AND $3 GROUP BY 1, 2, 3, 4, 5 HAVING sum(f.n) <> 0) cells
         GROUP BY 1, 2, 3, 4 ORDER BY 4, 1, 2, 3`,
        [actor.partnerId, from, to],
      ),
    );
    return rows.map((row) => ({ ...row, title: launched.get(row.campaignId)?.title ?? '' }));
  }

  /** All that the partner ever launched, by the newest version that it did. */
  private async launched(actor: PartnerActor): Promise<Map<CampaignId, Launched>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Launched & { campaignId: CampaignId }>(
        `SELECT DISTINCT ON (a.campaign_id) a.campaign_id, coalesce(v.title ->> a.locale, v.title ->> 'en', v.theme) AS title,
           a.locale, v.compiled_hash
         FROM activations.activation_view a JOIN campaigns.campaign_version_view v ON v.id = a.version_id
         WHERE a.partner_id = $1 ORDER BY a.campaign_id, v.number DESC, a.id DESC`,
        [actor.partnerId],
      ),
    );
    return new Map(rows.map(({ campaignId, ...launched }) => [campaignId, launched]));
  }

  private async goalsOf({ compiledHash }: Launched): Promise<SequenceDefinition['goals']> {
    return (await this.compiled.load(compiledHash)).definition.sequence.goals;
  }

  /** Contacts per goal of each campaign; campaigns without any are left out. */
  private async reached(actor: PartnerActor, { from, to }: DayWindow): Promise<Map<CampaignId, Map<string, number>>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ campaignId: CampaignId; goal: string; count: number }>(
        `SELECT a.campaign_id, g.goal, count(*)::int AS count
         FROM activations.activation_view a JOIN sequences.goal_reached_view g ON g.activation_id = a.id
         WHERE a.partner_id = $1 AND (g.reached_at AT TIME ZONE 'UTC')::date BETWEEN $2 AND $3 GROUP BY 1, 2`,
        [actor.partnerId, from, to],
      ),
    );
    const reached = new Map<CampaignId, Map<string, number>>();
    for (const { campaignId, goal, count } of rows)
      reached.set(campaignId, (reached.get(campaignId) ?? new Map<string, number>()).set(goal, count));
    return reached;
  }
}

function summary(cells: readonly DayCount[]): Pick<PartnerCampaignInsight, 'title' | 'numbers' | 'rates'> {
  const counts = sum(cells.map((cell) => cell.counts));
  return { title: cells[0]?.title ?? '', numbers: numbersOf(counts), rates: ratesOf(counts) };
}

/** Numbers, and the days on which anything was counted. */
function overTime(
  cells: readonly DayCount[],
): Pick<PartnerCampaignInsight['steps'][number], 'numbers' | 'rates' | 'days'> {
  const { numbers, rates } = summary(cells);
  const days = groupBy(cells, ({ onDay }) => onDay);
  return { numbers, rates, days: [...days].map(([on, own]) => ({ on, numbers: summary(own).numbers })) };
}

function byDay(window: DayWindow, cells: readonly DayCount[]): PartnerInsight['days'] {
  const days = groupBy(cells, ({ onDay }) => onDay);
  return daysOf(window).map((on) => ({ on, numbers: summary(days.get(on) ?? []).numbers }));
}
