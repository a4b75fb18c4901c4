import { Body, Controller, Get, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  AttributionQuery,
  AttributionReport,
  AttributionReports,
  AttributionTable,
  AttributionTableQuery,
  NewAttributionReport,
  PageQuery,
  TableForm,
} from '#contracts';
import {
  type AttributionReportId,
  Attributions,
  attributionReportTable,
  attributionTable,
  PartnerInsights,
} from '#insight';
import type { PartnerActor } from '#kernel';
import { sortedRows } from '#tables';
import { Allow, CurrentPartner } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { windowIn } from './insight.controller.js';

/** Which steps and pages of campaigns a partner's won deals came from. */
@ApiTags('insight')
@Controller('api/v1/insight')
export class AttributionController {
  constructor(
    private readonly attributions: Attributions,
    private readonly insights: PartnerInsights,
  ) {}

  /** Late events, refunds and changed verdicts count at once. */
  @Summary('Get which steps and pages your won deals are credited to, by eight models beside each other')
  @Allow('activations.read')
  @Get('attribution')
  @ResponseBody(AttributionTable)
  async table(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: AttributionQuery }) { halfLifeDays, ...query }: z.output<typeof AttributionQuery>,
  ): Promise<AttributionTable> {
    return this.attributions.table(actor, await this.insights.window(actor, windowIn(query)), halfLifeDays);
  }

  /** By currency, a row for each step and page, one for deals without a touch, and the sum. */
  @Summary('Download which steps and pages your won deals are credited to as CSV')
  @CsvResponse()
  @Allow('activations.read')
  @Get('attribution.csv')
  async csv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: AttributionTableQuery }) { language, ...query }: z.output<typeof AttributionTableQuery>,
  ): Promise<StreamableFile> {
    const table = attributionTable(await this.table(actor, query));
    return new CsvTable(table.columns, language).file(sortedRows(table), 'attribution.csv');
  }

  /** Each row names the version of the models and the last events that were counted. */
  @Summary('Download an attribution report as CSV')
  @CsvResponse()
  @Allow('activations.read')
  @Get('attribution-reports/:id/table.csv')
  async reportAsCsv(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: AttributionReportId,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const table = attributionReportTable(await this.attributions.report(actor, id));
    return new CsvTable(table.columns, language).file(sortedRows(table), 'attribution.csv');
  }

  /** The report keeps models, values and sums as they are now. Later events change nothing in it. */
  @Summary('Keep an attribution as a report that never changes')
  @Allow('leads.edit')
  @Post('attribution-reports')
  @ResponseBody(AttributionReport, 201)
  async publish(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: NewAttributionReport }) { halfLifeDays, ...asked }: z.output<typeof NewAttributionReport>,
  ): Promise<AttributionReport> {
    return this.attributions.publish(actor, await this.insights.window(actor, windowIn(asked)), halfLifeDays);
  }

  @Summary('List your attribution reports, newest first')
  @Allow('activations.read')
  @Get('attribution-reports')
  @ResponseBody(AttributionReports)
  async reports(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof AttributionReports>> {
    const items = await this.attributions.reports(actor, { limit, beforeId: idCursor(cursor) });
    return { items, nextCursor: nextCursor(items, limit, ({ id }) => id) };
  }

  @Summary('Get an attribution report')
  @Allow('activations.read')
  @Get('attribution-reports/:id')
  @ResponseBody(AttributionReport)
  report(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: AttributionReportId): Promise<AttributionReport> {
    return this.attributions.report(actor, id);
  }
}
