import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { stepNames } from '#content';
import {
  ActivationInsight,
  CampaignTableQuery,
  InsightRates,
  PartnerCampaignInsight,
  PartnerInsight,
  InsightQuery,
} from '#contracts';
import { type AskedWindow, numbersOf, PartnerInsights } from '#insight';
import type { ActivationId, CampaignId, PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { campaignCell, CsvTable, groupCell, stepCell, variantCell, withheldCell } from '../http/csv-table.js';
import { IdParam } from '../http/path-parameters.js';
import { numberCells, NUMBER_COLUMNS } from './insight.view.js';
import { goalViews } from '../campaigns/sequence.view.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';

type Query = z.output<typeof InsightQuery>;
type TableQuery = z.output<typeof CampaignTableQuery>;

const RATES = InsightRates.keyof().options;

/** Results of a partner's own campaigns. */
@ApiTags('insight')
@Controller('api/v1/insight')
export class InsightController {
  constructor(private readonly insights: PartnerInsights) {}

  @Summary('Get your results for a period')
  @Allow('activations.read')
  @Get()
  @ResponseBody(PartnerInsight)
  all(@CurrentPartner() actor: PartnerActor, @Query({ schema: InsightQuery }) query: Query): Promise<PartnerInsight> {
    return this.insights.all(actor, windowIn(query));
  }

  /**
   * A row per campaign, step, recipient variant and day with counts. A variant
   * that was not recorded is empty.
   */
  @Summary('Download your results as CSV, by step and recipient variant')
  @CsvResponse()
  @Allow('activations.read')
  @Get('numbers.csv')
  async csv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: CampaignTableQuery }) query: TableQuery,
  ): Promise<StreamableFile> {
    const lines = await this.insights.lines(actor, windowIn(query), query.campaign);
    return new CsvTable(['day', 'campaignId', 'campaign', 'step', 'variant', ...NUMBER_COLUMNS], query.language).file(
      lines.map(({ onDay, campaignId, title, titles, names, stepKey, variant, counts }) => [
        onDay,
        campaignId,
        campaignCell(title, titles),
        stepCell(stepKey, names),
        variantCell(variant),
        ...numberCells(numbersOf(counts)),
      ]),
      'numbers.csv',
    );
  }

  /**
   * A row per rate of each campaign: the partner's own, and the band of its
   * group's median, over four weeks. `withheld` if the group has too few partners.
   */
  @Summary('Download your rates and the medians of your partner group as CSV')
  @CsvResponse()
  @Allow('activations.read')
  @Get('comparison.csv')
  async comparisonAsCsv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: CampaignTableQuery }) query: TableQuery,
  ): Promise<StreamableFile> {
    const all = await this.insights.compared(actor, windowIn(query), query.campaign);
    return new CsvTable(
      ['from', 'to', 'campaignId', 'campaign', 'group', 'share', 'own', 'median-from', 'median-to'],
      query.language,
    ).file(
      all.flatMap(({ campaignId, title, titles, comparison: { from, to, group, own, median } }) =>
        RATES.map((rate) => [
          from,
          to,
          campaignId,
          campaignCell(title, titles),
          groupCell(group),
          rate,
          own?.[rate] ?? null,
          median?.[rate].from ?? withheldCell('withheld'),
          median?.[rate].to ?? withheldCell('withheld'),
        ]),
      ),
      'comparison.csv',
    );
  }

  /**
   * A row per goal of each campaign, with the vendor's name of the goal in the
   * version that was launched last.
   */
  @Summary('Download how many contacts reached the goals of your campaigns as CSV')
  @CsvResponse()
  @Allow('activations.read')
  @Get('goals.csv')
  async goalsAsCsv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: CampaignTableQuery }) query: TableQuery,
  ): Promise<StreamableFile> {
    const { from, to, campaigns } = await this.insights.goalsReached(actor, windowIn(query), query.campaign);
    return new CsvTable(['from', 'to', 'campaignId', 'campaign', 'goal', 'reached'], query.language).file(
      campaigns.flatMap(({ campaignId, title, titles, goals, reached }) =>
        goalViews(goals, reached).map((goal) => [
          from,
          to,
          campaignId,
          campaignCell(title, titles),
          goal.key,
          goal.reached,
        ]),
      ),
      'goals.csv',
    );
  }

  @Summary('Get your results of one campaign')
  @Allow('activations.read')
  @Get('campaigns/:id')
  @ResponseBody(PartnerCampaignInsight)
  async ofCampaign(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: CampaignId,
    @Query({ schema: InsightQuery }) query: Query,
  ): Promise<PartnerCampaignInsight> {
    const found = await this.insights.ofCampaign(actor, id, windowIn(query));
    const { campaign, locale, goals, reached, ...insight } = found;
    return { ...insight, names: stepNames(campaign, locale), goals: goalViews(goals, reached) };
  }

  @Summary('Get your results of one activation since its launch')
  @Allow('activations.read')
  @Get('activations/:id')
  @ResponseBody(ActivationInsight)
  ofActivation(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ActivationId): Promise<ActivationInsight> {
    return this.insights.ofActivation(actor, actor.partnerId, id);
  }
}

/** Removes parameters that were not given. */
export const windowIn = ({ from, to, period }: Query): AskedWindow => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(period === undefined ? {} : { period }),
});
