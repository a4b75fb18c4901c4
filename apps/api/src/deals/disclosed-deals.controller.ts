import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DisclosedDealPage, DisclosedDealQuery, DisclosedDealTableQuery } from '#contracts';
import type { VendorActor } from '#kernel';
import { DisclosedDeals, type DealShareId } from '#leads';
import { Allow, CurrentVendor } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { allPages, nextCursor } from '../http/cursor-page.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { sortedCursor, sortedStart } from '../http/sorted-list.js';
import { DISCLOSED_COLUMNS, disclosedDealCells } from './deal-share-tables.js';
import { disclosedDealView } from './deal-shares.view.js';

/** Deals that partners show to a vendor. */
@ApiTags('leads')
@Controller('api/v1/disclosed-deals')
export class DisclosedDealsController {
  constructor(private readonly disclosed: DisclosedDeals) {}

  @Summary('List the deals that partners show you')
  @Allow('disclosures.read')
  @Get()
  @ResponseBody(DisclosedDealPage)
  async list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: DisclosedDealQuery }) { limit, cursor, sort, ...filter }: z.output<typeof DisclosedDealQuery>,
  ): Promise<z.output<typeof DisclosedDealPage>> {
    const start = sortedStart<DealShareId>(sort, cursor);
    const deals = await this.disclosed.list(actor, { ...filter, ...start, limit, sort });
    return {
      items: deals.map(disclosedDealView),
      nextCursor: nextCursor(deals, limit, (deal) => sortedCursor(sort, deal)),
    };
  }

  /** Read page by page while it is sent. */
  @Summary('Download the deals that partners show you as CSV, in the order of the list')
  @CsvResponse()
  @Allow('disclosures.read')
  @Get('list.csv')
  table(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: DisclosedDealTableQuery }) { language, ...listing }: z.output<typeof DisclosedDealTableQuery>,
  ): StreamableFile {
    const pages = allPages((page) => this.disclosed.list(actor, { ...listing, ...page }));
    return new CsvTable(DISCLOSED_COLUMNS, language).streamed(pages, 'disclosed-deals.csv', disclosedDealCells);
  }
}
