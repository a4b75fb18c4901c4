import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Partnerships, RelayConsentControl } from '#activations';
import {
  GiveRelayConsent,
  LeaveVendor,
  StayWithVendor,
  PartnerVendors as PartnerVendorsView,
  RevokeRelayConsent,
} from '#contracts';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { endWish } from '../partners/partners.view.js';
import { PartnerVendorViews } from './partner-vendors.view.js';

type Vendors = z.output<typeof PartnerVendorsView>;

/** The vendors of a partner, and what the partner has agreed to. */
@ApiTags('vendors')
@Controller('api/v1')
export class PartnerVendorsController {
  constructor(
    private readonly relayConsents: RelayConsentControl,
    private readonly views: PartnerVendorViews,
    private readonly partnerships: Partnerships,
  ) {}

  @Summary('List your vendors, with their mail servers and what you have agreed to')
  @Get('vendors')
  @Allow('offers.read')
  @ResponseBody(PartnerVendorsView)
  async list(@CurrentPartner() actor: PartnerActor): Promise<Vendors> {
    return this.views.list(actor);
  }

  /**
   * At once, or after a last day. Your running campaigns of the vendor stop at
   * once, with the partnership, or after a day of their own. Contacts, leads and
   * results stay with you.
   */
  @Summary('Leave the programme of a vendor, at once or on a day')
  @Post('vendors/leave')
  @HttpCode(200)
  @Allow('membership.end')
  @ResponseBody(PartnerVendorsView)
  async leave(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: LeaveVendor }) { vendorId, ...end }: z.output<typeof LeaveVendor>,
  ): Promise<Vendors> {
    await this.partnerships.leave(actor, vendorId, endWish(end));
    return this.views.list(actor);
  }

  @Summary('Take back that you leave a vendor, until your last day is over, or once the vendor invites you back')
  @Post('vendors/stay')
  @HttpCode(200)
  @Allow('membership.end')
  @ResponseBody(PartnerVendorsView)
  async stay(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: StayWithVendor }) { vendorId }: z.output<typeof StayWithVendor>,
  ): Promise<Vendors> {
    await this.partnerships.stay(actor, vendorId);
    return this.views.list(actor);
  }

  /** Campaigns that waited for the consent continue. */
  @Summary("Agree to a vendor's mail servers, each by its name")
  @Post('relay-consents')
  @HttpCode(200)
  @Allow('activations.launch')
  @ResponseBody(PartnerVendorsView)
  async give(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: GiveRelayConsent }) { vendorId, servers }: z.output<typeof GiveRelayConsent>,
  ): Promise<Vendors> {
    await this.relayConsents.give(actor, vendorId, servers);
    return this.views.list(actor);
  }

  /** Campaigns of the vendor wait until the consent is given again. */
  @Summary("Withdraw your consent to a vendor's mail server")
  @Post('relay-consents/revoke')
  @HttpCode(200)
  @Allow('activations.launch')
  @ResponseBody(PartnerVendorsView)
  async revoke(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: RevokeRelayConsent }) { vendorId, ...server }: z.output<typeof RevokeRelayConsent>,
  ): Promise<Vendors> {
    await this.relayConsents.revoke(actor, vendorId, server);
    return this.views.list(actor);
  }
}
