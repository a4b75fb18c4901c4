import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { PartnerFirstResults, TableForm, VendorFirstResults } from '#contracts';
import { firstResultBandTable, FirstResultBands, firstResultTable, PartnerFirstResultsReader } from '#insight';
import type { PartnerActor, VendorActor } from '#kernel';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';

/** How long launches take to their first lead, deal and win. */
@ApiTags('insight')
@Controller('api/v1')
export class FirstResultsController {
  constructor(
    private readonly own: PartnerFirstResultsReader,
    private readonly bands: FirstResultBands,
  ) {}

  @Summary('Get how long your launches took to their first lead, deal and win, by campaign')
  @Allow('activations.read')
  @Get('insight/first-results')
  @ResponseBody(PartnerFirstResults)
  ofPartner(@CurrentPartner() actor: PartnerActor): Promise<PartnerFirstResults> {
    return this.own.read(actor);
  }

  /** A row per campaign and kind of first result. */
  @Summary('Download how long your launches took to their first lead, deal and win as CSV')
  @CsvResponse()
  @Allow('activations.read')
  @Get('insight/first-results.csv')
  async ofPartnerAsCsv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const { columns, rows } = firstResultTable(await this.own.read(actor));
    return new CsvTable(columns, language).file(rows, 'first-results.csv');
  }

  /** Released with the results of four weeks, as bands. Each partner is in one median of a campaign at most. */
  @Summary('Get how long your partners took from a launch to their first lead, deal and win: medians, by campaign')
  @Allow('vendor-insight.read')
  @Get('vendor-insight/first-results')
  @ResponseBody(VendorFirstResults)
  ofVendor(@CurrentVendor() actor: VendorActor): Promise<VendorFirstResults> {
    return this.bands.forVendor(actor);
  }

  @Summary('Download how long your partners took to their first lead, deal and win as CSV')
  @CsvResponse()
  @Allow('vendor-insight.read')
  @Get('vendor-insight/first-results.csv')
  async ofVendorAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const { columns, rows } = firstResultBandTable(await this.bands.forVendor(actor));
    return new CsvTable(columns, language).file(rows, 'first-results.csv');
  }
}
