import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AttributesForVendors, TellVendor } from '#contracts';
import { notFound, type PartnerActor } from '#kernel';
import { AttributeValues, Organisations, PartnerAttributes } from '#organisations';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { attributesOfPartnerView } from '../partners/partner-attributes.view.js';
import { PartnerVendorViews } from './partner-vendors.view.js';

type Attributes = z.output<typeof AttributesForVendors>;

/** What a partner tells its vendors about itself. */
@ApiTags('vendors')
@Controller('api/v1')
export class VendorAttributesController {
  constructor(
    private readonly attributes: PartnerAttributes,
    private readonly values: AttributeValues,
    private readonly organisations: Organisations,
    private readonly vendors: PartnerVendorViews,
  ) {}

  @Summary('List what each of your vendors asks you to tell about your company')
  @Allow('offers.read')
  @Get('vendor-attributes')
  @ResponseBody(AttributesForVendors)
  async list(@CurrentPartner() actor: PartnerActor): Promise<Attributes> {
    const attributes = (await this.attributes.list(actor)).filter(({ owner }) => owner === 'partner');
    const items: Attributes['items'] = [];
    for (const vendorId of await this.vendors.ids(actor)) {
      const own = attributes.filter((attribute) => attribute.vendorId === vendorId);
      if (own.length === 0) continue;
      const { name } = await this.organisations.get(actor, vendorId);
      const values = await this.values.ofPartners(actor, vendorId, [actor.partnerId]);
      items.push({ vendorId, vendorName: name, ...attributesOfPartnerView(own, values) });
    }
    return { items };
  }

  @Summary('Update what you tell a vendor about your company. Values that you do not name stay')
  @Allow('brand.edit')
  @Patch('vendor-attributes')
  @ResponseBody(AttributesForVendors)
  async change(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: TellVendor }) { vendorId, values }: z.output<typeof TellVendor>,
  ): Promise<Attributes> {
    if (!(await this.vendors.ids(actor)).includes(vendorId)) throw notFound('vendor', vendorId);
    await this.values.changeOwn(actor, vendorId, values);
    return this.list(actor);
  }
}
