import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ChangeCost, CostChoices, CostPage, CostQuery, CostTableQuery, CostView, NewCost } from '#contracts';
import { type CostBearer, type CostId, Costs, type ListedCost } from '#insight';
import { groupBy } from '#kernel';
import { Deals } from '#leads';
import { AllowBothSides, CurrentMember } from '../http/authority.js';
import { CsvTable, type TableCell } from '../http/csv-table.js';
import { nextCursor } from '../http/cursor-page.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { checkDays, sortedCursor, sortedStart } from '../http/sorted-list.js';
import { COST_COLUMNS, costRow, costView } from './costs.view.js';

const EXPORT_PAGE = 1_000;

/** What a vendor or a partner pays for marketing. Each sees its own costs only. */
@ApiTags('insight')
@Controller('api/v1/costs')
export class CostsController {
  constructor(
    private readonly costs: Costs,
    private readonly deals: Deals,
  ) {}

  @Summary('List your costs')
  @AllowBothSides('costs.read')
  @Get()
  @ResponseBody(CostPage)
  async list(
    @CurrentMember() actor: CostBearer,
    @Query({ schema: CostQuery }) { limit, cursor, sort, ...filter }: z.output<typeof CostQuery>,
  ): Promise<z.output<typeof CostPage>> {
    checkDays(filter.from, filter.to, ['from', 'to']);
    const costs = await this.costs.list(actor, { limit, sort, ...sortedStart<CostId>(sort, cursor) }, filter);
    return {
      items: costs.map((cost) => costView(actor, cost)),
      nextCursor: nextCursor(costs, limit, (cost) => sortedCursor(sort, cost)),
    };
  }

  /** The import reads this table, too. */
  @Summary('Download your costs as CSV, in the order of the list')
  @CsvResponse()
  @AllowBothSides('costs.read')
  @Get('costs.csv')
  async csv(
    @CurrentMember() actor: CostBearer,
    @Query({ schema: CostTableQuery }) { language, sort, ...filter }: z.output<typeof CostTableQuery>,
  ): Promise<StreamableFile> {
    checkDays(filter.from, filter.to, ['from', 'to']);
    // Read before the response begins, so that a refusal is a response, too.
    const read = (last?: ListedCost) =>
      this.costs.list(
        actor,
        { limit: EXPORT_PAGE, sort, beforeId: last?.id ?? null, beforeKey: last?.sortKey ?? null },
        filter,
      );
    const rows = this.rows(await read(), read, language ?? 'en');
    return new CsvTable(COST_COLUMNS, language).streamed(rows, 'costs.csv');
  }

  @Summary('List what a cost can be entered for: campaigns, and a vendor’s partners')
  @AllowBothSides('costs.read')
  @Get('choices')
  @ResponseBody(CostChoices)
  async choices(@CurrentMember() actor: CostBearer): Promise<CostChoices> {
    const used = [
      ...(await this.costs.newestCurrencies(actor)),
      ...(actor.kind === 'partner' ? await this.deals.newestCurrencies(actor) : []),
    ];
    const currencies = [...groupBy(used, (one) => one)].sort(([, a], [, b]) => b.length - a.length);
    return { ...(await this.costs.choices(actor)), currencies: currencies.map(([currency]) => currency) };
  }

  @Summary('Show a cost')
  @AllowBothSides('costs.read')
  @Get(':id')
  @ResponseBody(CostView)
  async one(@CurrentMember() actor: CostBearer, @IdParam('id') id: CostId): Promise<CostView> {
    return costView(actor, await this.costs.get(actor, id));
  }

  @Summary('Enter a cost')
  @AllowBothSides('costs.edit')
  @Post()
  @ResponseBody(CostView, 201)
  async add(
    @CurrentMember() actor: CostBearer,
    @Body({ schema: NewCost }) body: z.output<typeof NewCost>,
  ): Promise<CostView> {
    return costView(actor, await this.costs.get(actor, await this.costs.add(actor, body)));
  }

  @Summary('Change a cost')
  @AllowBothSides('costs.edit')
  @Patch(':id')
  @ResponseBody(CostView)
  async change(
    @CurrentMember() actor: CostBearer,
    @IdParam('id') id: CostId,
    @Body({ schema: ChangeCost }) body: z.output<typeof ChangeCost>,
  ): Promise<CostView> {
    await this.costs.change(actor, id, body);
    return costView(actor, await this.costs.get(actor, id));
  }

  @Summary('Remove a cost. The audit log keeps what it was')
  @AllowBothSides('costs.edit')
  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentMember() actor: CostBearer, @IdParam('id') id: CostId): Promise<void> {
    return this.costs.remove(actor, id);
  }

  private async *rows(
    first: readonly ListedCost[],
    next: (last?: ListedCost) => Promise<ListedCost[]>,
    locale: string,
  ): AsyncGenerator<TableCell[][]> {
    let page = first;
    for (;;) {
      yield page.map((cost) => costRow(cost, locale));
      if (page.length < EXPORT_PAGE) return;
      page = await next(page.at(-1));
    }
  }
}
