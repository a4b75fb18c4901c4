import { Body, Controller, Get, HttpCode, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  ChangeDeal,
  DealAttribution,
  DealHistory,
  DealFilter,
  DealListSums,
  DealPage,
  DealQuery,
  type DealSort,
  DealTableQuery,
  DealView,
  AttributionQuery,
  NewRefund,
  OverdueDeals,
  WithdrawDeal,
} from '#contracts';
import { Attributions } from '#insight';
import type { DealId, LeadId, PartnerActor } from '#kernel';
import { Deals, DealWithdrawals, type ListedDeal } from '#leads';
import { Allow, CurrentPartner } from '../http/authority.js';
import { nextCursor } from '../http/cursor-page.js';
import { CsvTable, type TableCell } from '../http/csv-table.js';
import { ChangesVersion, EditedVersion, numberOf } from '../http/edited-version.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { checkDays, sortedCursor, sortedStart } from '../http/sorted-list.js';
import { dealCells, dealColumns } from './deal-table.js';
import { DealViews } from './deals.view.js';

/** Rows that are read at once. */
const PAGE = 200;

const HalfLife = AttributionQuery.pick({ halfLifeDays: true });

/** A partner's deals. */
@ApiTags('leads')
@Controller('api/v1')
export class DealsController {
  constructor(
    private readonly deals: Deals,
    private readonly withdrawals: DealWithdrawals,
    private readonly views: DealViews,
    private readonly attributions: Attributions,
  ) {}

  @Summary('List your deals')
  @Allow('leads.read')
  @Get('deals')
  @ResponseBody(DealPage)
  async list(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: DealQuery }) { limit, cursor, sort, stage, ...filter }: z.output<typeof DealQuery>,
  ): Promise<z.output<typeof DealPage>> {
    checkFilter(filter);
    const start = sortedStart<DealId>(sort, cursor);
    const deals = await this.deals.list(actor, { ...filter, ...start, limit, sort, stage: stage ?? null });
    return {
      items: await this.views.list(actor, deals),
      nextCursor: nextCursor(deals, limit, (deal) => sortedCursor(sort, deal)),
    };
  }

  /** Read page by page while it is sent. */
  @Summary('Download your deals as CSV, in the order of the list')
  @CsvResponse()
  @Allow('leads.read')
  @Get('deals/list.csv')
  table(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: DealTableQuery }) { language, ...listing }: z.output<typeof DealTableQuery>,
  ): StreamableFile {
    checkFilter(listing);
    return new CsvTable(dealColumns(listing.stage), language).streamed(this.pages(actor, listing), 'deals.csv');
  }

  @Summary('Add up the deals of a list, less refunds')
  @Allow('leads.read')
  @Get('deals/sums')
  @ResponseBody(DealListSums)
  sums(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: DealFilter }) filter: z.output<typeof DealFilter>,
  ): Promise<DealListSums> {
    checkFilter(filter);
    return this.deals.sums(actor, filter);
  }

  @Summary('Count your open deals whose expected day is past')
  @Allow('leads.read')
  @Get('deals/overdue')
  @ResponseBody(OverdueDeals)
  async overdue(@CurrentPartner() actor: PartnerActor): Promise<OverdueDeals> {
    return { count: await this.deals.countOverdue(actor), today: await this.deals.today(actor) };
  }

  private async *pages(
    actor: PartnerActor,
    { stage, ...listing }: DealFilter & { readonly sort?: DealSort | undefined },
  ): AsyncGenerator<TableCell[][]> {
    for (let last: ListedDeal | undefined; ;) {
      const start = { beforeId: last?.id ?? null, beforeKey: last?.sortKey ?? null };
      const deals: ListedDeal[] = await this.deals.list(actor, {
        ...listing,
        ...start,
        limit: PAGE,
        stage: stage ?? null,
      });
      yield (await this.views.list(actor, deals)).map((deal) => dealCells(deal, stage));
      last = deals.at(-1);
      if (deals.length < PAGE) return;
    }
  }

  @Summary('Get a deal')
  @Allow('leads.read')
  @Get('deals/:id')
  @ResponseBody(DealView)
  async read(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: DealId): Promise<DealView> {
    return this.views.one(actor, await this.deals.get(actor, id));
  }

  @Summary('List what was changed of a deal, and who could see it')
  @Allow('leads.read')
  @Get('deals/:id/history')
  @ResponseBody(DealHistory)
  async history(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: DealId): Promise<DealHistory> {
    return this.deals.history(actor, id);
  }

  @Summary('Explain which touches a deal is credited to, by every model')
  @Allow('leads.read')
  @Get('deals/:id/attribution')
  @ResponseBody(DealAttribution)
  attribution(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: DealId,
    @Query({ schema: HalfLife }) { halfLifeDays }: z.output<typeof HalfLife>,
  ): Promise<DealAttribution> {
    return this.attributions.ofDeal(actor, id, halfLifeDays);
  }

  @Summary('Change a deal. The status of its lead follows the stage')
  @Allow('leads.edit')
  @Patch('deals/:id')
  @ChangesVersion()
  @ResponseBody(DealView)
  async change(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: DealId,
    @EditedVersion('optional') basedOn: string | null,
    @Body({ schema: ChangeDeal }) body: z.output<typeof ChangeDeal>,
  ): Promise<DealView> {
    return this.views.one(actor, await this.deals.change(actor, id, body, numberOf(basedOn)));
  }

  /** Totals are less by it. The history has each refund. */
  @Summary('Record a refund of a won deal')
  @Allow('leads.edit')
  @Post('deals/:id/refunds')
  @HttpCode(200)
  @ResponseBody(DealView)
  async refund(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: DealId,
    @Body({ schema: NewRefund }) { minorUnits }: z.output<typeof NewRefund>,
  ): Promise<DealView> {
    return this.views.one(actor, await this.deals.refund(actor, id, minorUnits));
  }

  /** Its history stays. A lead that it had won or lost is worked on again. */
  @Summary('Withdraw a deal that was entered by mistake. No list, sum or share has it any more')
  @Allow('leads.edit')
  @Post('deals/:id/withdraw')
  @HttpCode(200)
  @ChangesVersion('others have changed the deal since')
  @ResponseBody(DealView)
  async withdraw(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: DealId,
    @EditedVersion('optional') basedOn: string | null,
    @Body({ schema: WithdrawDeal }) { reason }: z.output<typeof WithdrawDeal>,
  ): Promise<DealView> {
    return this.views.one(actor, await this.withdrawals.withdraw(actor, id, reason, numberOf(basedOn)));
  }

  @Summary('Make a lead a deal, or change its deal. The status of the lead follows the stage')
  @Allow('leads.edit')
  @Patch('leads/:id/deal')
  @ChangesVersion(
    'others have changed the same fields since, and with 409 if the deal was withdrawn. A lead without a deal has version 0',
  )
  @ResponseBody(DealView)
  async saveOfLead(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: LeadId,
    @EditedVersion('optional') basedOn: string | null,
    @Body({ schema: ChangeDeal }) body: z.output<typeof ChangeDeal>,
  ): Promise<DealView> {
    return this.views.one(actor, await this.deals.saveOfLead(actor, id, body, numberOf(basedOn)));
  }
}

/** @throws DomainError `list.days`. */
function checkFilter({ closedFrom, closedTo, expectedFrom, expectedTo }: DealFilter): void {
  checkDays(closedFrom, closedTo, ['closedFrom', 'closedTo']);
  checkDays(expectedFrom, expectedTo, ['expectedFrom', 'expectedTo']);
}
