import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  AttributesOfPartner,
  ChangeAttributeValues,
  PartnerAttributeInput,
  PartnerAttributes as PartnerAttributeList,
  PartnerAttributeView,
} from '#contracts';
import type { PartnerAttributeId, PartnerId, VendorActor } from '#kernel';
import { AttributeValues, Memberships, PartnerAttributes } from '#organisations';
import { Allow, CurrentVendor } from '../http/authority.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { attributesOfPartnerView, partnerAttributeView } from './partner-attributes.view.js';

type Definition = z.output<typeof PartnerAttributeInput>;
type Values = z.output<typeof AttributesOfPartner>;

/** Facts that a vendor defines about its partners, and their values. */
@ApiTags('partners')
@Controller('api/v1')
export class PartnerAttributesController {
  constructor(
    private readonly attributes: PartnerAttributes,
    private readonly values: AttributeValues,
    private readonly memberships: Memberships,
  ) {}

  @Summary('List the attributes that you defined for your partners')
  @Allow('partners.read')
  @Get('partner-attributes')
  @ResponseBody(PartnerAttributeList)
  async list(@CurrentVendor() actor: VendorActor): Promise<z.output<typeof PartnerAttributeList>> {
    const counts = await this.attributes.valueCounts(actor);
    const attributes = await this.attributes.list(actor);
    return { items: attributes.map((one) => partnerAttributeView(one, counts.get(one.id) ?? 0)) };
  }

  @Summary('Define an attribute of your partners')
  @Allow('partners.edit')
  @Post('partner-attributes')
  @ResponseBody(PartnerAttributeView, 201)
  async create(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: PartnerAttributeInput }) body: Definition,
  ): Promise<PartnerAttributeView> {
    const id = await this.attributes.create(actor, body);
    return partnerAttributeView(await this.attributes.get(actor, id), 0);
  }

  @Summary('Update an attribute. Options that you leave out are taken away, unless a partner or a group has them')
  @Allow('partners.edit')
  @Put('partner-attributes/:id')
  @ReplacesVersion()
  @ResponseBody(PartnerAttributeView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerAttributeId,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: PartnerAttributeInput }) body: Definition,
  ): Promise<PartnerAttributeView> {
    const changed = await this.attributes.change(actor, id, body, basedOn);
    return partnerAttributeView(changed, (await this.attributes.valueCounts(actor)).get(id) ?? 0);
  }

  @Summary('Delete an attribute with its values')
  @Allow('partners.edit')
  @Delete('partner-attributes/:id')
  @HttpCode(204)
  async delete(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerAttributeId): Promise<void> {
    await this.attributes.delete(actor, id);
  }

  @Summary('List the attributes of one partner with their values')
  @Allow('partners.read')
  @Get('partners/:id/attributes')
  @ResponseBody(AttributesOfPartner)
  async ofPartner(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerId): Promise<Values> {
    await this.memberships.ofPartner(actor, id);
    return this.valuesOf(actor, id);
  }

  @Summary('Update values of attributes that you keep. Those that you do not name stay')
  @Allow('partners.manage')
  @Patch('partners/:id/attributes')
  @ResponseBody(AttributesOfPartner)
  async changeValues(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerId,
    @Body({ schema: ChangeAttributeValues }) { values }: z.output<typeof ChangeAttributeValues>,
  ): Promise<Values> {
    await this.values.change(actor, id, values);
    return this.valuesOf(actor, id);
  }

  private async valuesOf(actor: VendorActor, id: PartnerId): Promise<Values> {
    const attributes = await this.attributes.list(actor);
    return attributesOfPartnerView(attributes, await this.values.ofPartners(actor, actor.vendorId, [id]));
  }
}
