import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { domainChoiceVersion, SendingDomains } from '#brand';
import { CONFIG, type Config } from '#config';
import { ChooseVendorDomain, VendorDomain, VendorSending } from '#contracts';
import type { VendorActor } from '#kernel';
import { SendingWatch } from '#sequences';
import { Allow, CurrentVendor, Unconfirmed } from '../http/authority.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { vendorDomainView } from './sending.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/**
 * The sub-domain from which a vendor's partners send, if they have no domain of
 * their own.
 */
@ApiTags('sending')
@Controller('api/v1/vendor-sending')
export class VendorSendingController {
  constructor(
    private readonly domains: SendingDomains,
    private readonly watch: SendingWatch,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  @Summary("Get the sub-domain that your partners' e-mails are sent from, with its DNS records")
  @Get()
  @Allow('relays.edit')
  @ResponseBody(VendorSending)
  async settings(@CurrentVendor() actor: VendorActor): Promise<VendorSending> {
    const domain = await this.domains.get(actor);
    return {
      standardDomain: this.config.MAIL_DOMAIN,
      domain: domain === null ? null : vendorDomainView(domain),
      domainVersion: domainChoiceVersion(domain),
    };
  }

  /**
   * Creates the keys of a domain. Mail is sent from it as soon as its DNS
   * records are correct.
   */
  @Summary('Choose a sub-domain for partners without their own sending domain. Creates its keys')
  @Put('domain')
  @ReplacesVersion()
  @Allow('relays.edit')
  @ResponseBody(VendorDomain)
  async choose(
    @CurrentVendor() actor: VendorActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: ChooseVendorDomain }) body: z.output<typeof ChooseVendorDomain>,
  ): Promise<VendorDomain> {
    return vendorDomainView(await this.domains.choose(actor, body, basedOn));
  }

  @Summary('Check the DNS records of the sub-domain now')
  @Post('domain/check')
  @HttpCode(200)
  @Allow('relays.edit')
  @Unconfirmed('It reads DNS records.')
  @ResponseBody(VendorDomain)
  async check(@CurrentVendor() actor: VendorActor): Promise<VendorDomain> {
    return vendorDomainView(await this.watch.checkNow(actor));
  }

  @Summary("Remove the sub-domain: e-mails are sent from the platform's domain again")
  @Delete('domain')
  @HttpCode(204)
  @Allow('relays.edit')
  async remove(@CurrentVendor() actor: VendorActor): Promise<void> {
    await this.watch.removeDomain(actor);
  }
}
