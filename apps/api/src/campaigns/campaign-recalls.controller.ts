import { Body, Controller, Get, HttpCode, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  RecallControl,
  RecallNames,
  type RecallOutcome,
  RecallReports,
  type ReportRow,
  type RowCursor,
} from '#activations';
import type { AssetId } from '#assets';
import { CampaignLibrary, type RecallId, type RecallRequest, Recalls } from '#campaigns';
import {
  PreviewRecall,
  RecallCampaign,
  RecalledCampaign,
  RecallExtentView,
  RecallRowsQuery,
  RecallRowViews,
  RecallTableQuery,
  RecallView,
  RecallViews,
  ReverseRecall,
  SignedRecallReport,
} from '#contracts';
import { type CampaignId, notFound, type VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import { Allow, Confirmed, CurrentVendor } from '../http/authority.js';
import { cursorPosition, nextCursor } from '../http/cursor-page.js';
import { CsvTable, type TableCell } from '../http/csv-table.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { CampaignDetails } from './campaign-details.service.js';
import { recallView, REPORT_COLUMNS, reportCells, rowView } from './recalls.view.js';

const Cursor = z.tuple([z.uuid(), z.string().max(30), z.string().max(60)]);

/** Recalls of a campaign, and their reports. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id')
export class CampaignRecallsController {
  constructor(
    private readonly control: RecallControl,
    private readonly recalls: Recalls,
    private readonly reports: RecallReports,
    private readonly contents: RecallNames,
    private readonly library: CampaignLibrary,
    private readonly organisations: Organisations,
    private readonly details: CampaignDetails,
  ) {}

  /** Changes nothing. */
  @Summary('Show what a recall would take in: versions, partners, launches, contents')
  @Post('recall/preview')
  @HttpCode(200)
  @Allow('campaigns.retire')
  @ResponseBody(RecallExtentView)
  async preview(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Body({ schema: PreviewRecall }) body: z.output<typeof PreviewRecall>,
  ): Promise<RecallExtentView> {
    const { versions, assets, ...extent } = await this.control.preview(actor, requestOf(id, { ...body, reason: '' }));
    return { ...extent, versions: [...versions], assets: [...assets] };
  }

  /**
   * From the answer on nothing of it is sent, shown, or offered to download.
   * With a reason alone: everything, for all partners.
   */
  @Summary('Recall a campaign or a part of it: nothing of it comes out any more, and a report says what became of it')
  @Confirmed()
  @Post('recall')
  @HttpCode(200)
  @Allow('campaigns.retire')
  @ResponseBody(RecalledCampaign)
  async recall(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Body({ schema: RecallCampaign }) body: z.output<typeof RecallCampaign>,
  ): Promise<RecalledCampaign> {
    const { id: recallId } = await this.control.recall(actor, requestOf(id, body));
    return { ...(await this.details.get(actor, id)), recallId };
  }

  @Summary('List the recalls of a campaign, newest first, with the sums of their reports')
  @Get('recalls')
  @Allow('vendor-activations.read')
  @ResponseBody(RecallViews)
  async list(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
  ): Promise<z.output<typeof RecallViews>> {
    const found = await this.recalls.ofCampaign(actor, id);
    return { items: await Promise.all(found.map((recall) => this.view(actor, id, recall.id))) };
  }

  @Summary('Get a recall with the sums of its report')
  @Get('recalls/:recallId')
  @Allow('vendor-activations.read')
  @ResponseBody(RecallView)
  async one(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @IdParam('recallId') recallId: RecallId,
  ): Promise<RecallView> {
    return this.view(actor, id, recallId);
  }

  @Summary('List the report of a recall: a row for each launch, channel and content')
  @Get('recalls/:recallId/rows')
  @Allow('vendor-activations.read')
  @ResponseBody(RecallRowViews)
  async rows(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @IdParam('recallId') recallId: RecallId,
    @Query({ schema: RecallRowsQuery }) { limit, cursor, outcome }: z.output<typeof RecallRowsQuery>,
  ): Promise<z.output<typeof RecallRowViews>> {
    await this.requireOf(actor, id, recallId);
    const found = await this.reports.page(actor, recallId, {
      after: cursorPosition(cursor, rowAt),
      limit,
      outcome: outcome ?? null,
    });
    const names = await this.names(actor, found);
    const contents = await this.contents.of(recallId);
    return {
      items: found.map((row) => ({
        ...rowView(row, contents),
        partnerId: row.partnerId,
        partnerName: names.get(row.partnerId)?.name ?? '',
      })),
      nextCursor: nextCursor(found, limit, ({ activationId, channel, itemKey }) =>
        [activationId, channel, itemKey].join(' '),
      ),
    };
  }

  @Summary('Download the report of a recall as CSV')
  @CsvResponse()
  @Get('recalls/:recallId/report.csv')
  @Allow('vendor-activations.read')
  async csv(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @IdParam('recallId') recallId: RecallId,
    @Query({ schema: RecallTableQuery }) { language, outcome }: z.output<typeof RecallTableQuery>,
  ): Promise<StreamableFile> {
    await this.requireOf(actor, id, recallId);
    return new CsvTable(REPORT_COLUMNS, language).streamed(
      this.cells(actor, recallId, { language, outcome: outcome ?? null }),
      'recall-report.csv',
    );
  }

  @Summary('Download the report of a recall as JSON, signed with your key')
  @Get('recalls/:recallId/report.json')
  @Allow('programme.read')
  @ResponseBody(SignedRecallReport)
  async signed(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @IdParam('recallId') recallId: RecallId,
  ): Promise<SignedRecallReport> {
    await this.requireOf(actor, id, recallId);
    return this.reports.signed(actor, recallId);
  }

  /** What waited is sent in its order. E-mails that were left out are not sent later. */
  @Summary('Reverse a recall: what it stopped goes on, and partners are told')
  @Confirmed()
  @Post('recalls/:recallId/reverse')
  @HttpCode(200)
  @Allow('campaigns.retire')
  @ResponseBody(RecallView)
  async reverse(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @IdParam('recallId') recallId: RecallId,
    @Body({ schema: ReverseRecall }) { reason }: z.output<typeof ReverseRecall>,
  ): Promise<RecallView> {
    await this.requireOf(actor, id, recallId);
    await this.control.reverse(actor, recallId, reason);
    return this.view(actor, id, recallId);
  }

  private async requireOf(actor: VendorActor, id: CampaignId, recallId: RecallId): Promise<void> {
    if ((await this.recalls.get(actor, recallId)).campaignId !== id) throw notFound('recall', recallId);
  }

  private async view(actor: VendorActor, id: CampaignId, recallId: RecallId): Promise<RecallView> {
    await this.requireOf(actor, id, recallId);
    const state = await this.reports.get(actor, recallId);
    const { versions } = await this.library.campaign(actor, id);
    const replacement = versions.find((version) => version.id === state.recall.replacementId);
    return recallView(state, await this.contents.of(recallId), replacement?.number ?? null);
  }

  private names(actor: VendorActor, rows: readonly ReportRow[]) {
    return this.organisations.byIds(actor, [...new Set(rows.map(({ partnerId }) => partnerId))]);
  }

  private async *cells(
    actor: VendorActor,
    id: RecallId,
    { language = 'en', outcome }: { readonly language?: string | undefined; readonly outcome: RecallOutcome | null },
  ): AsyncGenerator<TableCell[][]> {
    const contents = await this.contents.of(id);
    for await (const page of this.reports.all(actor, id, outcome)) {
      const names = await this.names(actor, page);
      yield page.map((row) => {
        const partner = names.get(row.partnerId)?.name ?? '';
        return reportCells(row, { partner, content: contents.ofRow(row) }, language);
      });
    }
  }
}

function requestOf(campaignId: CampaignId, body: z.output<typeof RecallCampaign>): RecallRequest {
  const { versionNumber, tactic, assetId, locale, groupId, mode, replacementNumber, reason } = body;
  return {
    campaignId,
    versionNumber: versionNumber ?? null,
    tactic: tactic ?? null,
    assetId: (assetId ?? null) as AssetId | null,
    locale: locale ?? null,
    groupId: groupId ?? null,
    mode,
    replacementNumber: replacementNumber ?? null,
    reason,
  };
}

/** @returns null for a cursor that is not from this list. */
function rowAt(cursor: string): RowCursor | null {
  const { data } = Cursor.safeParse(cursor.split(' '));
  if (data === undefined) return null;
  const [activationId, channel, itemKey] = data;
  return { activationId, channel, itemKey } as RowCursor;
}
