import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type InsightNumbers, InsightQuery, VendorCampaignInsight, VendorInsight, VendorUse } from '#contracts';
import { VendorInsights, VendorUses } from '#insight';
import type { CampaignId, VendorActor } from '#kernel';
import { Answers } from './http/api-response.js';
import { Allow, CurrentVendor } from './http/authority.js';
import { csvFile, windowIn } from './insight.controller.js';

type Query = z.output<typeof InsightQuery>;

const COLUMNS = {
  sent: ({ sent }) => sent,
  delivered: ({ delivered }) => delivered,
  'bounced-hard': ({ bounced }) => bounced.hard,
  'bounced-soft': ({ bounced }) => bounced.soft,
  'bounced-block': ({ bounced }) => bounced.block,
  'bounced-unknown': ({ bounced }) => bounced.unknown,
  failed: ({ failed }) => failed,
  complained: ({ complained }) => complained,
  unsubscribed: ({ unsubscribed }) => unsubscribed,
  clicks: ({ clicks }) => clicks,
  'machine-clicks': ({ machineClicks }) => machineClicks,
  replies: ({ replies }) => replies,
  leads: ({ leads }) => leads,
  won: ({ won }) => won,
} as const satisfies Record<string, (numbers: InsightNumbers) => number>;

/** What came of a vendor's campaigns, without anybody in it. */
@ApiTags('insight')
@Controller('api/v1/vendor-insight')
export class VendorInsightController {
  constructor(
    private readonly insights: VendorInsights,
    private readonly uses: VendorUses,
  ) {}

  @Allow('vendor-activations.read')
  @Get()
  @Answers(VendorInsight)
  all(@CurrentVendor() actor: VendorActor, @Query({ schema: InsightQuery }) query: Query): Promise<VendorInsight> {
    return this.insights.all(actor, windowIn(query));
  }

  /** A row for each week of each campaign; empty numbers are of too few partners. */
  @Allow('vendor-activations.read')
  @Get('numbers.csv')
  @ApiProduces('text/csv')
  @ApiOkResponse()
  async csv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: InsightQuery }) query: Query,
  ): Promise<StreamableFile> {
    const { campaigns } = await this.insights.all(actor, windowIn(query));
    return csvFile([
      ['week', 'campaignId', 'campaign', 'partners', ...Object.keys(COLUMNS)],
      ...campaigns.flatMap(({ campaignId, title, weeks }) =>
        weeks.map(({ startsOn, partners, numbers }) => [
          startsOn,
          campaignId,
          title,
          partners,
          ...Object.values(COLUMNS).map((of) => (numbers === null ? null : of(numbers))),
        ]),
      ),
    ]);
  }

  @Allow('vendor-activations.read')
  @Get('use')
  @Answers(VendorUse)
  use(@CurrentVendor() actor: VendorActor): Promise<VendorUse> {
    return this.uses.all(actor);
  }

  /** A row for each slot and asset of each campaign; empty numbers are of too few partners. */
  @Allow('vendor-activations.read')
  @Get('use.csv')
  @ApiProduces('text/csv')
  @ApiOkResponse()
  async useAsCsv(@CurrentVendor() actor: VendorActor): Promise<StreamableFile> {
    const { asOf, campaigns } = await this.uses.all(actor);
    return csvFile(
      [
        ['asOf', 'campaignId', 'campaign', 'launched', 'kind', 'key', 'partners'],
        ...campaigns.flatMap(({ campaignId, title, launched, slots, assets }) =>
          [...slots.map(({ name, partners }) => ({ kind: 'slot', key: name, partners })), ...assets].map(
            ({ kind, key, partners }) => [asOf, campaignId, title, launched, kind, key, partners],
          ),
        ),
      ],
      'use.csv',
    );
  }

  @Allow('vendor-activations.read')
  @Get('campaigns/:id')
  @Answers(VendorCampaignInsight)
  ofCampaign(
    @CurrentVendor() actor: VendorActor,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: InsightQuery }) query: Query,
  ): Promise<VendorCampaignInsight> {
    return this.insights.ofCampaign(actor, id as CampaignId, windowIn(query));
  }
}
