import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  ChangeDisclosureRecipient,
  DisclosedLead,
  DisclosedLeads as DisclosedLeadsAnswer,
  DisclosureRecipient,
  NewDisclosureAnswer,
  PageQuery,
} from '#contracts';
import type { VendorActor } from '#kernel';
import { DisclosedLeads, type DisclosureId, DisclosureRecipients } from '#leads';
import { Allow, CurrentVendor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { disclosedLeadView } from './disclosure.view.js';

/** Leads that partners shared with a vendor. */
@ApiTags('leads')
@Controller('api/v1')
export class DisclosedLeadsController {
  constructor(
    private readonly disclosed: DisclosedLeads,
    private readonly recipients: DisclosureRecipients,
  ) {}

  @Summary('List the leads that partners shared with you')
  @Allow('disclosures.read')
  @Get('disclosed-leads')
  @ResponseBody(DisclosedLeadsAnswer)
  async list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof DisclosedLeadsAnswer>> {
    const leads = await this.disclosed.list(actor, { limit: query.limit, beforeId: idCursor(query.cursor) });
    return { items: leads.map(disclosedLeadView), nextCursor: nextCursor(leads, query.limit, ({ id }) => id) };
  }

  @Summary('Get a lead that a partner shared with you')
  @Allow('disclosures.read')
  @Get('disclosed-leads/:id')
  @ResponseBody(DisclosedLead)
  async read(@CurrentVendor() actor: VendorActor, @IdParam('id') id: DisclosureId): Promise<DisclosedLead> {
    return disclosedLeadView(await this.disclosed.get(actor, id));
  }

  /** The partner reads the answer at the lead, and gets an e-mail. */
  @Summary('Answer a partner about a shared lead')
  @Allow('disclosures.edit')
  @Post('disclosed-leads/:id/answers')
  @HttpCode(200)
  @ResponseBody(DisclosedLead)
  async answer(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: DisclosureId,
    @Body({ schema: NewDisclosureAnswer }) { status, note }: z.output<typeof NewDisclosureAnswer>,
  ): Promise<DisclosedLead> {
    return disclosedLeadView(await this.disclosed.answer(actor, id, { status, note: note ?? null }));
  }

  @Summary('Get who is told by e-mail when a partner shares a lead')
  @Allow('disclosures.read')
  @Get('disclosure-recipient')
  @ResponseBody(DisclosureRecipient)
  async recipient(@CurrentVendor() actor: VendorActor): Promise<DisclosureRecipient> {
    const { userId, candidates } = await this.recipients.get(actor);
    return { userId, candidates: candidates.map(({ id, name }) => ({ userId: id, name })) };
  }

  @Summary('Choose who is told by e-mail when a partner shares a lead')
  @Allow('disclosure-recipient.edit')
  @Put('disclosure-recipient')
  @ResponseBody(DisclosureRecipient)
  async chooseRecipient(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: ChangeDisclosureRecipient }) { userId }: z.output<typeof ChangeDisclosureRecipient>,
  ): Promise<DisclosureRecipient> {
    await this.recipients.choose(actor, userId);
    return this.recipient(actor);
  }
}
