import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { SendingDomains } from '#brand';
import { ChooseSendingDomain, PageQuery, PartnerSending, SendingDomain, SendingSettings } from '#contracts';
import type { PartnerActor, VendorActor } from '#kernel';
import { PartnerSendingSettings, ProgrammeSending, SendingResumption, SendingWatch } from '#sequences';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { partnerSendingView, sendingDomainView, sendingSettingsView } from './sending.view.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { idCursor } from '../http/cursor-page.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** A partner's sender address, and the reasons why its sending is paused. */
@ApiTags('sending')
@Controller('api/v1')
export class SendingController {
  constructor(
    private readonly partnerSettings: PartnerSendingSettings,
    private readonly resumption: SendingResumption,
    private readonly programme: ProgrammeSending,
    private readonly domains: SendingDomains,
    private readonly watch: SendingWatch,
  ) {}

  @Summary('Get your sender address, and why sending is paused')
  @Get('sending')
  @Allow('brand.read')
  @ResponseBody(SendingSettings)
  async settings(@CurrentPartner() actor: PartnerActor): Promise<SendingSettings> {
    return sendingSettingsView(await this.partnerSettings.get(actor));
  }

  /**
   * Creates the keys of a domain. Mail is sent from it as soon as its DNS
   * records are correct.
   */
  @Summary('Choose your sending domain. Creates its keys and returns its DNS records')
  @Put('sending/domain')
  @ReplacesVersion()
  @Allow('brand.edit')
  @ResponseBody(SendingDomain)
  async choose(
    @CurrentPartner() actor: PartnerActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: ChooseSendingDomain }) body: z.output<typeof ChooseSendingDomain>,
  ): Promise<SendingDomain> {
    const chosen = await this.domains.choose(actor, body, basedOn);
    await this.watch.release();
    return sendingDomainView(chosen);
  }

  @Summary('Check the DNS records of your sending domain now')
  @Post('sending/domain/check')
  @HttpCode(200)
  @Allow('brand.edit')
  @ResponseBody(SendingDomain)
  async check(@CurrentPartner() actor: PartnerActor): Promise<SendingDomain> {
    return sendingDomainView(await this.watch.checkNow(actor));
  }

  @Summary('Remove your sending domain: e-mails are sent from the standard address again')
  @Delete('sending/domain')
  @HttpCode(204)
  @Allow('brand.edit')
  async remove(@CurrentPartner() actor: PartnerActor): Promise<void> {
    await this.watch.removeDomain(actor);
  }

  /** After a stop for bounces, when the partner has checked the list. */
  @Summary('Resume sending after a stop because of bounces')
  @Post('sending/resume')
  @HttpCode(200)
  @Allow('brand.edit')
  @ResponseBody(SendingSettings)
  async resume(@CurrentPartner() actor: PartnerActor): Promise<SendingSettings> {
    await this.resumption.resume(actor);
    return sendingSettingsView(await this.partnerSettings.get(actor));
  }

  @Summary('List the sending status of your partners, as states and counts')
  @Get('partner-sending')
  @Allow('partners.read')
  @ResponseBody(PartnerSending)
  async ofPartners(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<PartnerSending> {
    return partnerSendingView(
      await this.programme.ofPartners(actor, { limit, afterId: idCursor(cursor) }),
      await this.programme.countsOf(actor),
      limit,
    );
  }
}
