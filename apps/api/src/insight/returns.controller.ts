import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { PartnerReturns, type Returns, ReturnsQuery, ReturnsTableQuery, TableForm, VendorReturns } from '#contracts';
import { PartnerInsights, PartnerReturnsReader, VendorReturnsReader } from '#insight';
import type { PartnerActor, VendorActor } from '#kernel';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { amountsCell, CsvTable, type TableCell, type TableColumn } from '../http/csv-table.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';
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
  @ResponseMedia('text/csv')
  @Allow('partner-costs.read')
  @Get('insight/returns.csv')
  @ApiProduces('text/csv')
  @ApiOkResponse()
  async csv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ReturnsTableQuery }) query: z.output<typeof ReturnsTableQuery>,
  ): Promise<StreamableFile> {
    const { from, to, campaigns } = await this.read(actor, query);
    return new CsvTable(['from', 'to', 'campaignId', 'campaign', ...RETURN_COLUMNS], query.language).file(
      campaigns.map(({ campaignId, title, ...returns }) => [from, to, campaignId, title, ...returnCells(returns)]),
      'returns.csv',
    );
  }

  /** A row per tactic; empty: no single one. Credits add up to what was won. */
  @Summary('Download costs of each tactic, and what it brought by the chosen attribution model, as CSV')
  @ResponseMedia('text/csv')
  @Allow('partner-costs.read')
  @Get('insight/tactic-returns.csv')
  @ApiProduces('text/csv')
  @ApiOkResponse()
  async tacticsAsCsv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ReturnsTableQuery }) query: z.output<typeof ReturnsTableQuery>,
  ): Promise<StreamableFile> {
    const { from, to, model, tactics } = await this.read(actor, query);
    return new CsvTable(['from', 'to', 'model', 'tactic', 'costs', 'amountsInMinorUnits', 'roi'], query.language).file(
      tactics.map(({ tactic, costs, won, roi }) => [
        from,
        to,
        model,
        tactic,
        amountsCell(costs),
        amountsCell(won),
        roi,
      ]),
      'tactic-returns.csv',
    );
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
  @ResponseMedia('text/csv')
  @Allow('vendor-insight.read')
  @Get('vendor-insight/returns.csv')
  @ApiProduces('text/csv')
  @ApiOkResponse()
  async csvOfVendor(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const { campaigns } = await this.ofVendor.read(actor);
    return new CsvTable(
      ['campaignId', 'campaign', 'costs', 'leads', 'amountsInMinorUnits', 'costPerLead', 'roi'],
      language,
    ).file(
      campaigns.map(({ campaignId, title, costs, leads, won, costPerLead, roi }) => [
        campaignId,
        title,
        amountsCell(costs),
        leads,
        amountsCell(won),
        amountsCell(costPerLead),
        roi,
      ]),
      'returns.csv',
    );
  }
}

const RETURN_COLUMNS = [
  'costs',
  'leads',
  'wonDeals',
  'open',
  'amountsInMinorUnits',
  'costPerLead',
  'costPerWonDeal',
  'roi',
] as const satisfies readonly TableColumn[];

const returnCells = (returns: Returns): TableCell[] => [
  amountsCell(returns.costs),
  returns.leads,
  returns.wonDeals,
  amountsCell(returns.open),
  amountsCell(returns.won),
  amountsCell(returns.costPerLead),
  amountsCell(returns.costPerWonDeal),
  returns.roi,
];
