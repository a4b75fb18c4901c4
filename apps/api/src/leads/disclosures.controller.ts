import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Disclosures as DisclosuresAnswer, DisclosureView, NewDisclosure } from '#contracts';
import type { LeadId, PartnerActor } from '#kernel';
import { type Disclosure, type DisclosureId, Disclosures } from '#leads';
import { Organisations } from '#organisations';
import { Confirmed, Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { disclosureView } from './disclosure.view.js';

/** Data of a lead that a partner discloses to a vendor. */
@ApiTags('leads')
@Controller('api/v1')
export class DisclosuresController {
  constructor(
    private readonly disclosures: Disclosures,
    private readonly organisations: Organisations,
  ) {}

  @Summary('Share a lead with the vendor')
  @Allow('leads.edit')
  @Confirmed()
  @Post('leads/:id/disclosures')
  @ResponseBody(DisclosureView, 201)
  async disclose(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: LeadId,
    @Body({ schema: NewDisclosure }) body: z.output<typeof NewDisclosure>,
  ): Promise<DisclosureView> {
    return this.view(actor, await this.disclosures.disclose(actor, id, body));
  }

  @Summary('List the vendors that a lead was shared with')
  @Allow('leads.read')
  @Get('leads/:id/disclosures')
  @ResponseBody(DisclosuresAnswer)
  async ofLead(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: LeadId,
  ): Promise<z.output<typeof DisclosuresAnswer>> {
    const all = await this.disclosures.ofLead(actor, id);
    return { items: await Promise.all(all.map((one) => this.view(actor, one))) };
  }

  @Summary('Revoke the sharing of a lead')
  @Allow('leads.edit')
  @Post('disclosures/:id/revoke')
  @HttpCode(200)
  @ResponseBody(DisclosureView)
  async revoke(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: DisclosureId): Promise<DisclosureView> {
    return this.view(actor, await this.disclosures.revoke(actor, id));
  }

  private async view(actor: PartnerActor, disclosure: Disclosure): Promise<DisclosureView> {
    return disclosureView(disclosure, (await this.organisations.get(actor, disclosure.vendorId)).name);
  }
}
