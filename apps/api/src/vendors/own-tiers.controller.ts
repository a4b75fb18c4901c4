import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OwnTiers } from '#contracts';
import type { PartnerActor } from '#kernel';
import { PartnerTiers } from '#tiers';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { ownTierView } from '../partners/partner-tiers.view.js';
import { PartnerVendorViews } from './partner-vendors.view.js';

/** The tiers that a partner has with its vendors. */
@ApiTags('vendors')
@Controller('api/v1')
export class OwnTiersController {
  constructor(
    private readonly tiers: PartnerTiers,
    private readonly vendors: PartnerVendorViews,
  ) {}

  /** Of vendors whose tiers have rules. */
  @Summary('List your tier with each vendor, what the next one needs, and a coming drop with its date')
  @Allow('offers.read')
  @Get('vendor-tiers')
  @ResponseBody(OwnTiers)
  async list(@CurrentPartner() actor: PartnerActor): Promise<OwnTiers> {
    const standings = await this.tiers.ofOwn(actor);
    const names = await this.vendors.names(
      actor,
      standings.map(({ vendorId }) => vendorId),
    );
    const items: OwnTiers['items'] = [];
    for (const standing of standings) {
      const { vendorId } = standing;
      const history = await this.tiers.historyOf(actor, vendorId, actor.partnerId);
      items.push(ownTierView(standing, { vendorId, vendorName: names.get(vendorId) ?? '' }, history));
    }
    return { items };
  }
}
