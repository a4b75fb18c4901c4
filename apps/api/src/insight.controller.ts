import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { csvLines } from '#contacts';
import { InsightQuery, PartnerCampaignInsight, PartnerInsight } from '#contracts';
import { METRICS, PartnerInsights } from '#insight';
import type { CampaignId, PartnerActor } from '#kernel';
import { Answers } from './http/api-response.js';
import { Allow, CurrentPartner } from './http/authority.js';
import { goalViews } from './sequence.view.js';

type Query = z.output<typeof InsightQuery>;

/** What came of a partner's own campaigns. */
@ApiTags('insight')
@Controller('api/v1/insight')
export class InsightController {
  constructor(private readonly insights: PartnerInsights) {}

  @Allow('activations.read')
  @Get()
  @Answers(PartnerInsight)
  all(@CurrentPartner() actor: PartnerActor, @Query({ schema: InsightQuery }) query: Query): Promise<PartnerInsight> {
    return this.insights.all(actor, windowIn(query));
  }

  /** A row for each step of each campaign on each day on which anything was counted. */
  @Allow('activations.read')
  @Get('numbers.csv')
  @ApiProduces('text/csv')
  @ApiOkResponse()
  async csv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: InsightQuery }) query: Query,
  ): Promise<StreamableFile> {
    const lines = await this.insights.lines(actor, windowIn(query));
    return csvFile([
      ['day', 'campaignId', 'campaign', 'step', ...METRICS],
      ...lines.map(({ onDay, campaignId, title, stepKey, counts }) => [
        onDay,
        campaignId,
        title,
        stepKey,
        ...METRICS.map((metric) => counts[metric] ?? 0),
      ]),
    ]);
  }

  @Allow('activations.read')
  @Get('campaigns/:id')
  @Answers(PartnerCampaignInsight)
  async ofCampaign(
    @CurrentPartner() actor: PartnerActor,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: InsightQuery }) query: Query,
  ): Promise<PartnerCampaignInsight> {
    const { goals, reached, ...insight } = await this.insights.ofCampaign(actor, id as CampaignId, windowIn(query));
    return { ...insight, goals: goalViews(goals, reached) };
  }
}

/** What was left out is left out. */
export const windowIn = ({ from, to }: Query): { from?: string; to?: string } => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** A file that spreadsheets read as UTF-8. */
export const csvFile = (rows: readonly (readonly (string | number | null)[])[], name = 'numbers.csv'): StreamableFile =>
  new StreamableFile(Buffer.from(`\ufeff${csvLines(rows)}`), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}"`,
  });
