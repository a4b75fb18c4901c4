import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { PartnerReturns, ReturnsQuery, ReturnsTableQuery, TableForm, VendorReturns } from '#contracts';
import {
  PartnerInsights,
  partnerReturnTable,
  PartnerReturnsReader,
  tacticReturnTable,
  VendorReturnsReader,
  vendorReturnTable,
  vendorTacticTable,
} from '#insight';
import type { PartnerActor, VendorActor } from '#kernel';
import { sortedRows } from '#tables';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { windowIn } from './insight.controller.js';

/** What campaigns cost a partner or a vendor, and what came of it. */
@ApiTags('insight')
@Controller('api/v1')
export class ReturnsController {
  constructor(
    private readonly insights: PartnerInsights,
    private readonly returns: PartnerReturnsReader,
    private readonly ofVendor: VendorReturnsReader,
  ) {}

  @Summary('Get what your campaigns cost and what came of it: costs, leads, deals and return on investment')
  @Allow('partner-costs.read')
  @Get('insight/returns')
  @ResponseBody(PartnerReturns)
  async read(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ReturnsQuery }) query: z.output<typeof ReturnsQuery>,
  ): Promise<PartnerReturns> {
    return this.returns.read(actor, await this.insights.window(actor, windowIn(query)), query.model);
  }

  @Summary('Download costs and return on investment of your campaigns as CSV')
  @CsvResponse()
  @Allow('partner-costs.read')
  @Get('insight/returns.csv')
  async csv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ReturnsTableQuery }) query: z.output<typeof ReturnsTableQuery>,
  ): Promise<StreamableFile> {
    const table = partnerReturnTable(await this.read(actor, query));
    return new CsvTable(table.columns, query.language).file(sortedRows(table), 'returns.csv');
  }

  /** A row per tactic; empty: no single one. Credits add up to what was won. The last row is the total. */
  @Summary('Download costs of each tactic, and what it brought by the chosen attribution model, as CSV')
  @CsvResponse()
  @Allow('partner-costs.read')
  @Get('insight/tactic-returns.csv')
  async tacticsAsCsv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ReturnsTableQuery }) query: z.output<typeof ReturnsTableQuery>,
  ): Promise<StreamableFile> {
    const table = tacticReturnTable(await this.read(actor, query));
    return new CsvTable(table.columns, query.language).file(sortedRows(table), 'tactic-returns.csv');
  }

  /** Since the start. In the total are sums without names, too. What other partners won is not in it. */
  @Summary(
    'Get what your campaigns cost you, and what partners won that show you their totals or let their deals count in sums',
  )
  @Allow('vendor-insight.read')
  @Get('vendor-insight/returns')
  @ResponseBody(VendorReturns)
  readOfVendor(@CurrentVendor() actor: VendorActor): Promise<VendorReturns> {
    return this.ofVendor.read(actor);
  }

  @Summary('Download what your campaigns cost you, and what partners won, as CSV')
  @CsvResponse()
  @Allow('vendor-insight.read')
  @Get('vendor-insight/returns.csv')
  async csvOfVendor(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const table = vendorReturnTable(await this.ofVendor.read(actor));
    return new CsvTable(table.columns, language).file(sortedRows(table), 'returns.csv');
  }

  /** A row per tactic; empty: no single one. The last row is the total. */
  @Summary('Download what each tactic cost you as CSV')
  @CsvResponse()
  @Allow('vendor-insight.read')
  @Get('vendor-insight/tactic-costs.csv')
  async tacticsOfVendorAsCsv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const table = vendorTacticTable(await this.ofVendor.tactics(actor));
    return new CsvTable(table.columns, language).file(sortedRows(table), 'tactic-costs.csv');
  }
}
