import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  CampaignSumsQuery,
  InsightQuery,
  CampaignStateTableQuery,
  CampaignTableQuery,
  VendorCampaignInsight,
  VendorInsight,
  VendorUse,
} from '#contracts';
import { VendorInsights, VendorUsage } from '#insight';
import type { CampaignId, VendorActor } from '#kernel';
import { ResultTables } from '#saved-views';
import { Allow, CurrentVendor } from '../http/authority.js';
import { campaignCell, CsvTable, namedCell, stepCell, variantCell, withheldCell } from '../http/csv-table.js';
import { IdParam } from '../http/path-parameters.js';
import { windowIn } from './insight.controller.js';
import { releasedRows, RELEASED_COLUMNS } from './insight.view.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';

type Query = z.output<typeof InsightQuery>;
type TableQuery = z.output<typeof CampaignTableQuery>;

const WEEK_DAYS = 7;
const FOUR_WEEKS_DAYS = 28;

/** Results of a vendor's campaigns, without personal data. */
@ApiTags('insight')
@Controller('api/v1/vendor-insight')
export class VendorInsightController {
  constructor(
    private readonly insights: VendorInsights,
    private readonly uses: VendorUsage,
    private readonly tables: ResultTables,
  ) {}

  @Summary('Get the results of your campaigns for a period')
  @Allow('vendor-insight.read')
  @Get()
  @ResponseBody(VendorInsight)
  all(@CurrentVendor() actor: VendorActor, @Query({ schema: InsightQuery }) query: Query): Promise<VendorInsight> {
    return this.insights.all(actor, windowIn(query));
  }

  /**
   * A row per released number: of a campaign in a week or in four weeks. The
   * value is `withheld` below `smallest`; 95 of 100 exact numbers are within
   * `margin`.
   */
  @Summary('Download the results of your campaigns as CSV')
  @CsvResponse()
  @Allow('vendor-insight.read')
  @Get('numbers.csv')
  async csv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: CampaignTableQuery }) query: TableQuery,
  ): Promise<StreamableFile> {
    const { campaigns } = await this.insights.all(actor, windowIn(query));
    const asked = ofCampaign(campaigns, query.campaign);
    return new CsvTable(['from', 'days', 'campaignId', 'campaign', 'metric', ...RELEASED_COLUMNS], query.language).file(
      asked.flatMap(({ campaignId, title, titles, weeks, fourWeeks }) => [
        ...weeks.flatMap(({ startsOn, ...numbers }) =>
          releasedRows([startsOn, WEEK_DAYS, campaignId, campaignCell(title, titles)], Object.entries(numbers)),
        ),
        ...fourWeeks.flatMap(({ startsOn, ...numbers }) =>
          releasedRows([startsOn, FOUR_WEEKS_DAYS, campaignId, campaignCell(title, titles)], Object.entries(numbers)),
        ),
      ]),
      'numbers.csv',
    );
  }

  /** A row per campaign with the sums of the period. A sum that is too small to tell is `withheld`, one that is not there yet `not-released`. */
  @Summary('Download the sums of each campaign as CSV')
  @CsvResponse()
  @Allow('vendor-insight.read')
  @Get('campaigns.csv')
  async campaignsAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: CampaignSumsQuery }) { q, ...query }: z.output<typeof CampaignSumsQuery>,
  ): Promise<StreamableFile> {
    const { columns, rows } = await this.tables.campaignSums(actor, {
      ...windowIn(query),
      q: q ?? '',
      campaignId: null,
    });
    return new CsvTable(columns, query.language).file(rows, 'campaigns.csv');
  }

  /**
   * Two rows per four weeks, step and recipient variant: the people who got it,
   * and those of them who clicked.
   */
  @Summary('Download the results by step and recipient variant as CSV')
  @CsvResponse()
  @Allow('vendor-insight.read')
  @Get('variants.csv')
  async variantsAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: CampaignTableQuery }) query: TableQuery,
  ): Promise<StreamableFile> {
    const { campaigns } = await this.insights.all(actor, windowIn(query));
    const asked = ofCampaign(campaigns, query.campaign);
    return new CsvTable(
      ['from', 'days', 'campaignId', 'campaign', 'step', 'variant', 'metric', ...RELEASED_COLUMNS],
      query.language,
    ).file(
      asked.flatMap(({ campaignId, title, titles, names, parts }) =>
        parts.flatMap(({ stepKey, fourWeeks, ...variant }) =>
          fourWeeks.flatMap(({ startsOn, ...numbers }) =>
            releasedRows(
              [
                startsOn,
                FOUR_WEEKS_DAYS,
                campaignId,
                campaignCell(title, titles),
                stepCell(stepKey, names),
                variantCell(variant),
              ],
              Object.entries(numbers),
            ),
          ),
        ),
      ),
      'variants.csv',
    );
  }

  /**
   * A row per campaign with the number of partners at each funnel step, as of
   * now.
   */
  @Summary('Download how far your partners are with each campaign as CSV')
  @CsvResponse()
  @Allow('vendor-insight.read')
  @Get('funnel.csv')
  async funnelAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: CampaignStateTableQuery }) { language, campaign }: z.output<typeof CampaignStateTableQuery>,
  ): Promise<StreamableFile> {
    const { campaigns } = await this.insights.all(actor, {});
    return new CsvTable(['campaignId', 'campaign', 'offered', 'brand-complete', 'launched'], language).file(
      ofCampaign(campaigns, campaign).map(
        ({ campaignId, title, titles, funnel: { offered, brandComplete, launched } }) => [
          campaignId,
          campaignCell(title, titles),
          offered,
          brandComplete,
          launched,
        ],
      ),
      'funnel.csv',
    );
  }

  @Summary('Count the partners that use the editable texts and assets of your campaigns')
  @Allow('vendor-insight.read')
  @Get('use')
  @ResponseBody(VendorUse)
  use(@CurrentVendor() actor: VendorActor): Promise<VendorUse> {
    return this.uses.all(actor);
  }

  /**
   * A row per slot and asset of each campaign. Numbers of too few partners are
   * `withheld`.
   */
  @Summary('Download the use of editable texts and assets as CSV')
  @CsvResponse()
  @Allow('vendor-insight.read')
  @Get('use.csv')
  async useAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: CampaignStateTableQuery }) { language, campaign }: z.output<typeof CampaignStateTableQuery>,
  ): Promise<StreamableFile> {
    const { asOf, campaigns } = await this.uses.all(actor);
    return new CsvTable(['asOf', 'campaignId', 'campaign', 'launched', 'kind', 'key', 'partners'], language).file(
      ofCampaign(campaigns, campaign).flatMap(({ campaignId, title, titles, launched, slots, assets }) =>
        [
          ...slots.map(({ name, label, partners }) => ({ kind: 'slot', key: name, title: label, partners })),
          ...assets,
        ].map((used) => [
          asOf,
          campaignId,
          campaignCell(title, titles),
          launched ?? withheldCell('withheld'),
          used.kind,
          namedCell(used.key, used.title),
          used.partners ?? withheldCell('withheld'),
        ]),
      ),
      'use.csv',
    );
  }

  @Summary('Get the results of one campaign')
  @Allow('vendor-insight.read')
  @Get('campaigns/:id')
  @ResponseBody(VendorCampaignInsight)
  ofCampaign(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Query({ schema: InsightQuery }) query: Query,
  ): Promise<VendorCampaignInsight> {
    return this.insights.ofCampaign(actor, id, windowIn(query));
  }
}

/** @param campaignId undefined: all of them. */
const ofCampaign = <Campaign extends { readonly campaignId: string }>(
  campaigns: readonly Campaign[],
  campaignId: CampaignId | undefined,
): readonly Campaign[] =>
  campaignId === undefined ? campaigns : campaigns.filter((one) => one.campaignId === campaignId);
