import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DisclosedLeads, Disclosures as DisclosuresAnswer, DisclosureView, NewDisclosure, PageQuery } from '#contracts';
import type { LeadId, PartnerActor, VendorActor } from '#kernel';
import { type Disclosure, type DisclosureId, Disclosures } from '#leads';
import { Organisations } from '#organisations';
import { Confirmed, Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/**
 * Data of a lead that a partner discloses to a vendor, for both sides.
 */
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

  @Summary('List the leads that partners shared with you')
  @Allow('disclosures.read')
  @Get('disclosed-leads')
  @ResponseBody(DisclosedLeads)
  async toVendor(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof DisclosedLeads>> {
    const beforeId = idCursor(query.cursor);
    const people = await this.disclosures.toVendor(actor, { limit: query.limit, beforeId });
    const names = await this.organisations.byIds(
      actor,
      people.map(({ partnerId }) => partnerId),
    );
    return {
      items: people.map(({ id, partnerId, campaignId, person, purpose, disclosedAt }) => ({
        id,
        partnerId,
        partnerName: names.get(partnerId)?.name ?? '',
        campaignId,
        person: { ...person },
        purpose,
        disclosedAt: disclosedAt.toISOString(),
      })),
      nextCursor: nextCursor(people, query.limit, ({ id }) => id),
    };
  }

  private async view(actor: PartnerActor, disclosure: Disclosure): Promise<DisclosureView> {
    const { id, leadId, vendorId, fields, purpose, disclosedBy, disclosedAt, revokedAt } = disclosure;
    return {
      id,
      leadId,
      vendorName: (await this.organisations.get(actor, vendorId)).name,
      fields: [...fields],
      purpose,
      disclosedBy,
      disclosedAt: disclosedAt.toISOString(),
      revokedAt: revokedAt?.toISOString() ?? null,
    };
  }
}
