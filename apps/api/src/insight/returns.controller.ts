import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { PartnerInsightQuery, PartnerInsightTableQuery, PartnerReturns, type Returns } from '#contracts';
import { PartnerInsights, PartnerReturnsReader } from '#insight';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { amountsCell, CsvTable, type TableCell, type TableColumn } from '../http/csv-table.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';
import { windowIn } from './insight.controller.js';

/** What campaigns cost a partner, and what came of it. */
@ApiTags('insight')
@Controller('api/v1/insight')
export class ReturnsController {
  constructor(
    private readonly insights: PartnerInsights,
    private readonly returns: PartnerReturnsReader,
  ) {}

  @Summary('Get what your campaigns cost and what came of it: costs, leads, deals and return on investment')
  @Allow('partner-costs.read')
  @Get('returns')
  @ResponseBody(PartnerReturns)
  async read(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: PartnerInsightQuery }) query: z.output<typeof PartnerInsightQuery>,
  ): Promise<PartnerReturns> {
    return this.returns.read(actor, await this.insights.window(actor, windowIn(query)));
  }

  @Summary('Download costs and return on investment of your campaigns as CSV')
  @ResponseMedia('text/csv')
  @Allow('partner-costs.read')
  @Get('returns.csv')
  @ApiProduces('text/csv')
  @ApiOkResponse()
  async csv(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: PartnerInsightTableQuery }) query: z.output<typeof PartnerInsightTableQuery>,
  ): Promise<StreamableFile> {
    const { from, to, campaigns } = await this.read(actor, query);
    return new CsvTable(['from', 'to', 'campaignId', 'campaign', ...RETURN_COLUMNS], query.language).file(
      campaigns.map(({ campaignId, title, ...returns }) => [from, to, campaignId, title, ...returnCells(returns)]),
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
