import { Body, Controller, Get, HttpCode, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  AcceptDealInvitation,
  DealShareList,
  MadeDealShare,
  NewDealShare,
  PageQuery,
  SharedDealPage,
  SharedDealView,
  TableForm,
} from '#contracts';
import type { DealId, PartnerActor } from '#kernel';
import { type DealShareId, DealShares, SharedDeals } from '#leads';
import { Allow, CurrentPartner } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { allPages, idCursor, nextCursor } from '../http/cursor-page.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { SHARED_COLUMNS, sharedDealCells } from './deal-share-tables.js';
import { dealShareView, sharedDealView } from './deal-shares.view.js';

/** Deals that a partner shows to its vendor, or shares with partners that took part. */
@ApiTags('leads')
@Controller('api/v1')
export class DealSharesController {
  constructor(
    private readonly shares: DealShares,
    private readonly sharedDeals: SharedDeals,
  ) {}

  @Summary('List who besides you sees a deal')
  @Allow('leads.read')
  @Get('deals/:id/shares')
  @ResponseBody(DealShareList)
  async ofDeal(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: DealId,
  ): Promise<z.output<typeof DealShareList>> {
    const { shares, isInProgramme } = await this.shares.ofDeal(actor, id);
    return { items: shares.map(dealShareView), isInProgramme };
  }

  /** They see name, stage and amount, which follow the deal. Never the contact. */
  @Summary('Show a deal to the vendor of its campaign, or invite a partner that took part in it')
  @Allow('leads.edit')
  @Post('deals/:id/shares')
  @ResponseBody(MadeDealShare, 201)
  async share(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: DealId,
    @Body({ schema: NewDealShare }) wish: z.output<typeof NewDealShare>,
  ): Promise<MadeDealShare> {
    if (wish.with === 'vendor')
      return { ...dealShareView(await this.shares.showToVendor(actor, id, wish.name)), invitation: null };
    const { share, invitation } = await this.shares.invite(actor, id, wish);
    return { ...dealShareView(share), invitation };
  }

  /** By the partner whose deal it is, or by the one that takes part. */
  @Summary('Stop sharing a deal, or taking part in one')
  @Allow('leads.edit')
  @Post('deal-shares/:id/revoke')
  @HttpCode(204)
  revoke(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: DealShareId): Promise<void> {
    return this.shares.revoke(actor, id);
  }

  @Summary('Take part in another partner’s deal, by its invitation')
  @Allow('leads.edit')
  @Post('deal-invitations/accept')
  @HttpCode(200)
  @ResponseBody(SharedDealView)
  async accept(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: AcceptDealInvitation }) { invitation }: z.output<typeof AcceptDealInvitation>,
  ): Promise<SharedDealView> {
    return sharedDealView(await this.sharedDeals.accept(actor, invitation));
  }

  @Summary('List deals of other partners in which you take part, newest first')
  @Allow('leads.read')
  @Get('shared-deals')
  @ResponseBody(SharedDealPage)
  async withPartner(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof SharedDealPage>> {
    const deals = await this.sharedDeals.list(actor, { limit, beforeId: idCursor(cursor) });
    return { items: deals.map(sharedDealView), nextCursor: nextCursor(deals, limit, ({ id }) => id) };
  }

  /** Read page by page while it is sent. */
  @Summary('Download the deals of other partners in which you take part as CSV, newest first')
  @CsvResponse()
  @Allow('leads.read')
  @Get('shared-deals/list.csv')
  table(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): StreamableFile {
    const pages = allPages((page) => this.sharedDeals.list(actor, page));
    return new CsvTable(SHARED_COLUMNS, language).streamed(pages, 'shared-deals.csv', sharedDealCells);
  }
}
