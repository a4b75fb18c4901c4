import { Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { type CompiledCampaign, CompiledCampaigns, stepNames } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  type ActivationId,
  type CampaignId,
  Clock,
  groupBy,
  notFound,
  type PartnerActor,
  type PartnerId,
} from '#kernel';
import type { ActivationInsight, PartnerCampaignInsight, PartnerInsight, StepName, VariantView } from '#contracts';
import type { SequenceDefinition } from '#sequencing';
import { Comparisons } from './comparisons.service.js';
import { type Counts, sum } from './numbers.js';
import { type LaunchedCampaign, PartnerCounts, type PartnerReader } from './partner-counts.service.js';
import { byInterval, dealSums, overTime, resultsOf, sourcesOf, titleIn } from './partner-results.js';
import { variantView } from './variant-view.js';
import { addDays, type AskedWindow, askedWindow, dayOf, type DayWindow, intervalOf } from './window.js';

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
export interface PartnerInsightLine {
  readonly campaignId: CampaignId;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  /** Of the version that was launched last. */
  readonly names: readonly StepName[];
  readonly stepKey: string;
  readonly variant: VariantView;
  readonly onDay: string;
  readonly counts: Counts;
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
    private readonly counts: PartnerCounts,
    private readonly profiles: BrandProfiles,
  ) {}

  /** @throws DomainError `insight.window`. */
  async all(actor: PartnerActor, asked: AskedWindow): Promise<PartnerInsight> {
    return this.between(actor, actor.partnerId, await this.window(actor, asked));
  }

  /** A partner's results in a window, for screens and mails. */
  async between(reader: PartnerReader, partnerId: PartnerId, window: DayWindow): Promise<PartnerInsight> {
    const cells = await this.counts.days(reader, partnerId, window);
    const clicked = await this.counts.clicked(reader, partnerId, window, null);
    const won = await this.counts.wonAmounts(reader, partnerId, window);
    const launched = await this.counts.launched(reader, partnerId);
    const deals = await this.counts.deals(reader, partnerId, window);
    return {
      ...window,
      interval: intervalOf(window),
      ...resultsOf(cells, clicked.count(), won),
      amounts: dealSums(deals).won,
      days: byInterval(window, cells),
      money: dealSums(deals),
      withoutCampaign: dealSums(deals.filter(({ campaignId }) => campaignId === null)),
      campaigns: campaignsIn(cells, deals).map((campaignId) => ({
        campaignId,
        ...namesOf(launched.get(campaignId)),
        ...resultsOf(
          cells.filter((cell) => cell.campaignId === campaignId),
          clicked.count({ campaignId }),
          won.filter((amount) => amount.campaignId === campaignId),
        ),
        money: dealSums(deals.filter((deal) => deal.campaignId === campaignId)),
      })),
    };
  }

  /**
   * Results of one activation since its launch.
   * @throws DomainError `activation.not-found`.
   */
  async ofActivation(
    reader: PartnerReader,
    partnerId: PartnerId,
    activationId: ActivationId,
  ): Promise<ActivationInsight> {
    if (reader.kind === 'partner') requirePermission(reader, 'activations.read');
    const [found] = await this.database.inTransaction(reader, () =>
      this.database.query<{ campaignId: CampaignId; locale: string; titles: Record<string, string> }>(
        `SELECT a.campaign_id, a.locale, v.title AS titles
         FROM activations.activation_view a JOIN campaigns.campaign_version_view v ON v.id = a.version_id
         WHERE a.id = $1 AND a.partner_id = $2`,
        [activationId, partnerId],
      ),
    );
    if (found === undefined) throw notFound('activation', activationId);
    const { campaignId, ...names } = found;
    const today = dayOf(this.clock.now());
    // A deal may have closed tomorrow by UTC, where that day has begun.
    const window = {
      from: (await this.counts.startedOn(reader, partnerId, { activationId })) ?? today,
      to: addDays(today, 1),
    };
    const isOwn = (row: { readonly activationId: ActivationId }): boolean => row.activationId === activationId;
    return {
      activationId,
      campaignId,
      ...namesOf(names),
      ...resultsOf(
        (await this.counts.days(reader, partnerId, window)).filter(isOwn),
        (await this.counts.clicked(reader, partnerId, window, { activationId })).count({ activationId }),
        (await this.counts.wonAmounts(reader, partnerId, window)).filter(isOwn),
      ),
      sources: sourcesOf(await this.counts.sources(reader, activationId)),
    };
  }

  /**
   * @throws DomainError `insight.window`; `campaign.not-found` if the partner
   *   never launched it.
   */
  async ofCampaign(actor: PartnerActor, campaignId: CampaignId, asked: AskedWindow): Promise<CampaignInsight> {
    const window = await this.window(actor, asked, campaignId);
    const launched = (await this.counts.launched(actor, actor.partnerId)).get(campaignId);
    if (launched === undefined) throw notFound('campaign', campaignId);
    const isOwn = (row: { readonly campaignId: CampaignId }): boolean => row.campaignId === campaignId;
    const cells = (await this.counts.days(actor, actor.partnerId, window)).filter(isOwn);
    const clicked = await this.counts.clicked(actor, actor.partnerId, window, { campaignId });
    const won = (await this.counts.wonAmounts(actor, actor.partnerId, window)).filter(isOwn);
    const deals = (await this.counts.deals(actor, actor.partnerId, window)).filter(
      (deal) => deal.campaignId === campaignId,
    );
    const campaign = await this.compiled.load(launched.compiledHash);
    return {
      ...window,
      interval: intervalOf(window),
      campaignId,
      ...namesOf(launched),
      ...resultsOf(cells, clicked.count({ campaignId }), won),
      money: dealSums(deals),
      days: byInterval(window, cells),
      steps: [...groupBy(cells, ({ stepKey }) => stepKey)].map(([stepKey, own]) => ({
        stepKey,
        ...overTime(window, own, clicked.count({ campaignId, stepKey })),
        variants: [...groupBy(own, ({ variant }) => variant)].map(([variant, ofVariant]) => ({
          ...variantView(variant),
          ...overTime(window, ofVariant, clicked.count({ campaignId, stepKey, variant })),
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
  async lines(actor: PartnerActor, asked: AskedWindow, only?: CampaignId): Promise<PartnerInsightLine[]> {
    const days = await this.window(actor, asked, only);
    const cells = (await this.counts.days(actor, actor.partnerId, days)).filter(isOf(only));
    const launched = new Map(await this.launchedOnly(actor, only));
    const names = new Map<CampaignId, StepName[]>();
    for (const [campaignId, { compiledHash, locale }] of launched)
      names.set(campaignId, stepNames(await this.compiled.load(compiledHash), locale));
    const sameLine = ({ campaignId, stepKey, variant, onDay }: (typeof cells)[number]): string =>
      JSON.stringify([onDay, campaignId, stepKey, variant]);
    return [...groupBy(cells, sameLine).values()].flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [
            {
              campaignId: first.campaignId,
              ...namesOf(launched.get(first.campaignId)),
              names: names.get(first.campaignId) ?? [],
              stepKey: first.stepKey,
              variant: variantView(first.variant),
              onDay: first.onDay,
              counts: sum([first, ...others].map(({ counts }) => counts)),
            },
          ],
    );
  }

  /**
   * Rates of every launched campaign, and those of its group.
   * @throws DomainError `insight.window`.
   */
  async compared(
    actor: PartnerActor,
    asked: AskedWindow,
    only?: CampaignId,
  ): Promise<Pick<PartnerCampaignInsight, 'campaignId' | 'title' | 'titles' | 'comparison'>[]> {
    const window = await this.window(actor, asked, only);
    const all = [];
    for (const [campaignId, launched] of await this.launchedOnly(actor, only))
      all.push({
        campaignId,
        ...namesOf(launched),
        comparison: await this.comparisons.compare(actor, campaignId, window),
      });
    return all;
  }

  /**
   * Goals of every launched campaign, and how many contacts reached them in the
   * window.
   * @throws DomainError `insight.window`.
   */
  async goalsReached(
    actor: PartnerActor,
    asked: AskedWindow,
    only?: CampaignId,
  ): Promise<
    DayWindow & { campaigns: readonly Pick<CampaignInsight, 'campaignId' | 'title' | 'titles' | 'goals' | 'reached'>[] }
  > {
    const window = await this.window(actor, asked, only);
    const reached = await this.reached(actor, window);
    const campaigns = [];
    for (const [campaignId, launched] of await this.launchedOnly(actor, only))
      campaigns.push({
        campaignId,
        ...namesOf(launched),
        goals: await this.goalsOf(launched),
        reached: reached.get(campaignId) ?? new Map<string, number>(),
      });
    return { ...window, campaigns };
  }

  /**
   * The days that are asked for.
   * @param campaignId whose start is asked for; undefined: of any campaign.
   * @throws DomainError `insight.window`.
   */
  async window(actor: PartnerActor, asked: AskedWindow, campaignId?: CampaignId): Promise<DayWindow> {
    requirePermission(actor, 'activations.read');
    return askedWindow(asked, {
      today: await this.today(actor),
      startedOn: () => this.counts.startedOn(actor, actor.partnerId, campaignId === undefined ? null : { campaignId }),
    });
  }

  /** A deal that closes today in the time zone of the partner counts at once, also where tomorrow has begun there. */
  private async today(actor: PartnerActor): Promise<string> {
    const [today, local] = [dayOf(this.clock.now()), await this.profiles.today(actor)];
    return local > today ? local : today;
  }

  /** @param only undefined: all campaigns. */
  private async launchedOnly(
    actor: PartnerActor,
    only: CampaignId | undefined,
  ): Promise<readonly (readonly [CampaignId, LaunchedCampaign])[]> {
    return [...(await this.counts.launched(actor, actor.partnerId))].filter(([campaignId]) =>
      isOf(only)({ campaignId }),
    );
  }

  private async goalsOf({ compiledHash }: LaunchedCampaign): Promise<SequenceDefinition['goals']> {
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

/** Campaigns with numbers or deals, in the order of their first number. */
const campaignsIn = (
  cells: readonly { readonly campaignId: CampaignId }[],
  deals: readonly { readonly campaignId: CampaignId | null }[],
): CampaignId[] => [...new Set([...cells, ...deals].flatMap(({ campaignId }) => campaignId ?? []))];

/** The title in the campaign's own language, and in all. */
function namesOf(launched: Pick<LaunchedCampaign, 'titles' | 'locale'> | undefined): {
  title: string;
  titles: Record<string, string>;
} {
  if (launched === undefined) return { title: '', titles: {} };
  return { title: titleIn(launched.titles, launched.locale), titles: { ...launched.titles } };
}

/** @param only undefined: of all campaigns. */
const isOf =
  (only: CampaignId | undefined) =>
  ({ campaignId }: { readonly campaignId: CampaignId }): boolean =>
    only === undefined || campaignId === only;
