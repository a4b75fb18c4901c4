import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AcceptVendorTerms, AllVendorTerms, type VendorTerms } from '#contracts';
import { PartnerTerms } from '#joining';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { vendorTermsState } from '../joining/terms.view.js';
import { PartnerVendorViews } from './partner-vendors.view.js';

type AllTerms = z.output<typeof AllVendorTerms>;

/** Programme terms of a partner's vendors. */
@ApiTags('vendors')
@Controller('api/v1/vendor-terms')
export class VendorTermsController {
  constructor(
    private readonly terms: PartnerTerms,
    private readonly vendors: PartnerVendorViews,
  ) {}

  @Summary('List the newest programme terms of your vendors, with their text')
  @Allow('offers.read')
  @Get()
  @ResponseBody(AllVendorTerms)
  async list(@CurrentPartner() actor: PartnerActor): Promise<AllTerms> {
    const ids = await this.vendors.ids(actor);
    const names = await this.vendors.names(actor, ids);
    const items: VendorTerms[] = [];
    for (const vendorId of ids) {
      const terms = await this.terms.find(actor, vendorId);
      if (terms === null) continue;
      const vendorName = names.get(vendorId) ?? '';
      items.push({ ...vendorTermsState(terms), vendorId, vendorName, texts: { ...terms.texts } });
    }
    return { items };
  }

  /** The same again changes nothing. */
  @Summary('Accept the newest programme terms of a vendor for your organisation')
  @Allow('terms.accept')
  @Post('accept')
  @HttpCode(200)
  @ResponseBody(AllVendorTerms)
  async accept(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: AcceptVendorTerms }) { vendorId, ...read }: z.output<typeof AcceptVendorTerms>,
  ): Promise<AllTerms> {
    await this.terms.accept(actor, vendorId, read);
    return this.list(actor);
  }
}
