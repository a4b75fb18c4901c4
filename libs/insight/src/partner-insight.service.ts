import { Injectable } from '@nestjs/common';
import { CompiledCampaigns } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, notFound, type PartnerActor } from '#kernel';
import type { PartnerCampaignInsight, PartnerInsight } from '#contracts';
import type { SequenceDefinition } from '#sequencing';
import { Comparisons } from './comparisons.service.js';
import { type Counts, numbersOf, ratesOf, sum } from './numbers.js';
import { variantView } from './variant-view.js';
import { dayOf, daysOf, type DayWindow, windowOf } from './window.js';

interface Cell {
  readonly campaignId: CampaignId;
  readonly title: string;
  readonly stepKey: string;
  /** By its name in the ledger; empty where none was written down. */
  readonly variant: string;
  readonly onDay: string;
  readonly counts: Counts;
}

/** One campaign's numbers, what it is for, and how many people came there in the window. */
export type CampaignInsight = Omit<PartnerCampaignInsight, 'goals'> & {
  readonly goals: SequenceDefinition['goals'];
  readonly reached: ReadonlyMap<string, number>;
};

/** A line of the table that a partner takes away: one variant of one step of one campaign on one day. */
export type PartnerInsightLine = Cell;

/** A partner's own numbers, read under its own scope; beside them the median of others, which has nobody's name in it. */
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
    const cells = await this.cells(actor, window);
    const counts = sum(cells.map((cell) => cell.counts));
    return {
      ...window,
      numbers: numbersOf(counts),
      rates: ratesOf(counts),
      days: byDay(window, cells),
      campaigns: [...groupBy(cells, ({ campaignId }) => campaignId)].map(([campaignId, own]) => ({
        campaignId,
        ...summary(own),
      })),
    };
  }

  /** @throws DomainError `insight.window`; `campaign.not-found` for what this partner never launched. */
  async ofCampaign(actor: PartnerActor, campaignId: CampaignId, asked: Partial<DayWindow>): Promise<CampaignInsight> {
    const window = this.window(actor, asked);
    const title = (await this.titles(actor)).get(campaignId);
    if (title === undefined) throw notFound('campaign', campaignId);
    const cells = (await this.cells(actor, window)).filter((cell) => cell.campaignId === campaignId);
    return {
      ...window,
      campaignId,
      ...summary(cells),
      title,
      days: byDay(window, cells),
      steps: [...groupBy(cells, ({ stepKey }) => stepKey)].map(([stepKey, own]) => ({
        stepKey,
        ...overTime(own),
        variants: [...groupBy(own, ({ variant }) => variant)].map(([variant, ofVariant]) => ({
          ...variantView(variant),
          ...overTime(ofVariant),
        })),
      })),
      comparison: await this.comparisons.of(actor, campaignId, window),
      goals: await this.goals(actor, campaignId),
      reached: await this.reached(actor, campaignId, window),
    };
  }

  /** Every number of the window, oldest day first. @throws DomainError `insight.window`. */
  async lines(actor: PartnerActor, asked: Partial<DayWindow>): Promise<PartnerInsightLine[]> {
    return this.cells(actor, this.window(actor, asked));
  }

  /** Of every campaign that the partner launched: its shares and those of its group. @throws DomainError `insight.window`. */
  async compared(
    actor: PartnerActor,
    asked: Partial<DayWindow>,
  ): Promise<{ campaignId: CampaignId; title: string; comparison: PartnerCampaignInsight['comparison'] }[]> {
    const window = this.window(actor, asked);
    const all = [];
    for (const [campaignId, title] of await this.titles(actor))
      all.push({ campaignId, title, comparison: await this.comparisons.of(actor, campaignId, window) });
    return all;
  }

  /** Of every campaign that the partner launched: what it is for, and how many people came there in the window. @throws DomainError `insight.window`. */
  async goalsReached(
    actor: PartnerActor,
    asked: Partial<DayWindow>,
  ): Promise<
    DayWindow & { campaigns: readonly Pick<CampaignInsight, 'campaignId' | 'title' | 'goals' | 'reached'>[] }
  > {
    const window = this.window(actor, asked);
    const campaigns = [];
    for (const [campaignId, title] of await this.titles(actor))
      campaigns.push({
        ...{ campaignId, title, goals: await this.goals(actor, campaignId) },
        reached: await this.reached(actor, campaignId, window),
      });
    return { ...window, campaigns };
  }

  private window(actor: PartnerActor, asked: Partial<DayWindow>): DayWindow {
    requirePermission(actor, 'activations.read');
    return windowOf(asked, dayOf(this.clock.now()));
  }

  private async cells(actor: PartnerActor, { from, to }: DayWindow): Promise<Cell[]> {
    const titles = await this.titles(actor);
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Omit<Cell, 'title'>>(
        `SELECT campaign_id AS "campaignId", step_key AS "stepKey", variant, on_day::text AS "onDay", jsonb_object_agg(metric, n) AS counts FROM (
           SELECT a.campaign_id, f.step_key, f.variant, f.on_day, f.metric, sum(f.n)::int AS n
           FROM insight.fact f JOIN activations.activation a ON a.id = f.activation_id
           WHERE f.partner_id = $1 AND f.on_day BETWEEN $2 AND $3 GROUP BY 1, 2, 3, 4, 5 HAVING sum(f.n) <> 0) cells
         GROUP BY 1, 2, 3, 4 ORDER BY 4, 1, 2, 3`,
        [actor.partnerId, from, to],
      ),
    );
    return rows.map((row) => ({ ...row, title: titles.get(row.campaignId) ?? '' }));
  }

  /** Of all that the partner ever launched, by the newest version that it did. */
  private async titles(actor: PartnerActor): Promise<Map<CampaignId, string>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ campaignId: CampaignId; title: string }>(
        `SELECT DISTINCT ON (a.campaign_id) a.campaign_id AS "campaignId", coalesce(v.title ->> a.locale, v.title ->> 'en', v.theme) AS title
         FROM activations.activation a JOIN campaigns.campaign_version v ON v.id = a.version_id
         WHERE a.partner_id = $1 ORDER BY a.campaign_id, v.number DESC, a.id DESC`,
        [actor.partnerId],
      ),
    );
    return new Map(rows.map(({ campaignId, title }) => [campaignId, title]));
  }

  /** What the version that was launched last is for. */
  private async goals(actor: PartnerActor, campaignId: CampaignId): Promise<SequenceDefinition['goals']> {
    const [newest] = await this.database.inTransaction(actor, () =>
      this.database.query<{ compiledHash: string }>(
        `SELECT v.compiled_hash AS "compiledHash" FROM activations.activation a JOIN campaigns.campaign_version v ON v.id = a.version_id
         WHERE a.partner_id = $1 AND a.campaign_id = $2 ORDER BY v.number DESC LIMIT 1`,
        [actor.partnerId, campaignId],
      ),
    );
    return newest === undefined ? undefined : (await this.compiled.load(newest.compiledHash)).definition.sequence.goals;
  }

  private async reached(
    actor: PartnerActor,
    campaignId: CampaignId,
    { from, to }: DayWindow,
  ): Promise<Map<string, number>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ goal: string; count: number }>(
        `SELECT g.goal, count(*)::int AS count FROM activations.activation a JOIN sequences.goal_reached g ON g.activation_id = a.id
         WHERE a.partner_id = $1 AND a.campaign_id = $2 AND (g.reached_at AT TIME ZONE 'UTC')::date BETWEEN $3 AND $4 GROUP BY g.goal`,
        [actor.partnerId, campaignId, from, to],
      ),
    );
    return new Map(rows.map(({ goal, count }) => [goal, count]));
  }
}

function summary(cells: readonly Cell[]): Pick<PartnerCampaignInsight, 'title' | 'numbers' | 'rates'> {
  const counts = sum(cells.map((cell) => cell.counts));
  return { title: cells[0]?.title ?? '', numbers: numbersOf(counts), rates: ratesOf(counts) };
}

/** Numbers, and the days on which anything was counted. */
function overTime(cells: readonly Cell[]): Pick<PartnerCampaignInsight['steps'][number], 'numbers' | 'rates' | 'days'> {
  const { numbers, rates } = summary(cells);
  const days = groupBy(cells, ({ onDay }) => onDay);
  return { numbers, rates, days: [...days].map(([on, own]) => ({ on, numbers: summary(own).numbers })) };
}

function byDay(window: DayWindow, cells: readonly Cell[]): PartnerInsight['days'] {
  const days = groupBy(cells, ({ onDay }) => onDay);
  return daysOf(window).map((on) => ({ on, numbers: summary(days.get(on) ?? []).numbers }));
}

function groupBy<Key>(cells: readonly Cell[], keyOf: (cell: Cell) => Key): Map<Key, Cell[]> {
  const groups = new Map<Key, Cell[]>();
  for (const cell of cells) {
    const group = groups.get(keyOf(cell));
    if (group === undefined) groups.set(keyOf(cell), [cell]);
    else group.push(cell);
  }
  return groups;
}
