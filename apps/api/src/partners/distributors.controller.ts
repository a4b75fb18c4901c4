import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DistributorsView, PartnerView, SetDistribution } from '#contracts';
import type { PartnerId, VendorActor } from '#kernel';
import { Distributors } from '#organisations';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { partnerView } from './partners.view.js';

/** Partners of a vendor that bring partners. */
@ApiTags('partners')
@Controller('api/v1')
export class DistributorsController {
  constructor(private readonly distributors: Distributors) {}

  @Summary('List your distributors: partners that bring partners')
  @Allow('partners.read')
  @Get('distributors')
  @ResponseBody(DistributorsView)
  async list(@CurrentVendor() actor: VendorActor): Promise<DistributorsView> {
    const found = await this.distributors.ofVendor(actor);
    return { items: found.map(({ partnerId, name }) => ({ partnerId, name })) };
  }

  /** A distributor has no distributor itself. One that is none any more leaves its partners to you. */
  @Summary('Make a partner a distributor, or give it to one')
  @Allow('partners.edit')
  @Put('partners/:id/distribution')
  @ResponseBody(PartnerView)
  async set(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerId,
    @Body({ schema: SetDistribution }) body: z.output<typeof SetDistribution>,
  ): Promise<PartnerView> {
    return partnerView(await this.distributors.change(actor, id, body));
  }
}
