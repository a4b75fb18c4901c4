import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BrandProfiles, VerifiedHosts } from '#brand';
import { ClaimHost, HostClaim, VerifiedHosts as VerifiedHostsAnswer } from '#contracts';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { hostClaimView, verifiedHostsView } from './verified-hosts.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Hosts to which a partner's own links may lead, and their verification. */
@ApiTags('brand')
@Controller('api/v1/verified-hosts')
export class VerifiedHostsController {
  constructor(
    private readonly hosts: VerifiedHosts,
    private readonly profiles: BrandProfiles,
  ) {}

  @Summary('List the websites that your links may lead to, and those still to be verified')
  @Get()
  @Allow('brand.read')
  @ResponseBody(VerifiedHostsAnswer)
  async list(@CurrentPartner() actor: PartnerActor): Promise<VerifiedHostsAnswer> {
    const profile = await this.profiles.current(actor);
    return verifiedHostsView(profile, await this.hosts.proofs(actor), await this.hosts.claims(actor));
  }

  /**
   * Returns the DNS record that verifies a host. A repeated request for a host
   * returns the same record.
   */
  @Summary('Add a website. Returns the DNS record that verifies it')
  @Post()
  @HttpCode(200)
  @Allow('brand.edit')
  @ResponseBody(HostClaim)
  async claim(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: ClaimHost }) { host }: z.output<typeof ClaimHost>,
  ): Promise<HostClaim> {
    return hostClaimView(await this.hosts.claim(actor, host));
  }

  /** Checks DNS now, in addition to the regular checks. */
  @Summary('Check the DNS record of a website now')
  @Post(':host/check')
  @HttpCode(200)
  @Allow('brand.edit')
  @ResponseBody(HostClaim)
  async check(@CurrentPartner() actor: PartnerActor, @Param('host') host: string): Promise<HostClaim> {
    return hostClaimView(await this.hosts.checkNow(actor, host));
  }

  @Summary('Remove a website. New campaigns cannot link to it unless something else verifies it')
  @Delete(':host')
  @HttpCode(204)
  @Allow('brand.edit')
  async withdraw(@CurrentPartner() actor: PartnerActor, @Param('host') host: string): Promise<void> {
    await this.hosts.withdraw(actor, host);
  }
}
