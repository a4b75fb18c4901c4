import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DisclosedDealPage, PageQuery, TableForm } from '#contracts';
import type { VendorActor } from '#kernel';
import { DisclosedDeals } from '#leads';
import { Allow, CurrentVendor } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { allPages, idCursor, nextCursor } from '../http/cursor-page.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { DISCLOSED_COLUMNS, disclosedDealCells } from './deal-share-tables.js';
import { disclosedDealView } from './deal-shares.view.js';

/** Deals that partners show to a vendor. */
@ApiTags('leads')
@Controller('api/v1/disclosed-deals')
export class DisclosedDealsController {
  constructor(private readonly disclosed: DisclosedDeals) {}

  @Summary('List the deals that partners show you, newest first')
  @Allow('disclosures.read')
  @Get()
  @ResponseBody(DisclosedDealPage)
  async list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof DisclosedDealPage>> {
    const deals = await this.disclosed.list(actor, { limit, beforeId: idCursor(cursor) });
    return { items: deals.map(disclosedDealView), nextCursor: nextCursor(deals, limit, ({ id }) => id) };
  }
  /** Read page by page while it is sent. */
  @Summary('Download the deals that partners show you as CSV, newest first')
  @CsvResponse()
  @Allow('disclosures.read')
  @Get('list.csv')
  table(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): StreamableFile {
    const pages = allPages((page) => this.disclosed.list(actor, page));
    return new CsvTable(DISCLOSED_COLUMNS, language).streamed(pages, 'disclosed-deals.csv', disclosedDealCells);
  }
}
