import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WebsiteReporting } from '#activations';
import { CONFIG, type Config } from '#config';
import { SetWebsiteReporting, WebsiteReportingView } from '#contracts';
import { PublicTokens } from '#engagement';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { integrityOf, scriptPath } from './embed-scripts.js';

/** Whether a partner's website reports what known contacts do there. */
@ApiTags('brand')
@Controller('api/v1/website-reporting')
export class WebsiteReportingController {
  constructor(
    private readonly reporting: WebsiteReporting,
    private readonly tokens: PublicTokens,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  @Summary('Get whether your website reports visits of known contacts, and the code for it')
  @Get()
  @Allow('brand.read')
  @ResponseBody(WebsiteReportingView)
  async one(@CurrentPartner() actor: PartnerActor): Promise<WebsiteReportingView> {
    const script = `${this.config.PUBLIC_URL}${scriptPath('visits')}`;
    return {
      isOn: await this.reporting.isOn(actor),
      code: `<script src="${script}" integrity="${integrityOf('visits')}" crossorigin="anonymous" data-site="${this.tokens.siteToken(actor.partnerId)}" defer></script>`,
    };
  }

  /** Applies to launches from now on: their links to the website name the reader. */
  @Summary('Switch reports of your website on or off')
  @Put()
  @Allow('brand.edit')
  @ResponseBody(WebsiteReportingView)
  async set(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: SetWebsiteReporting }) { isOn }: z.output<typeof SetWebsiteReporting>,
  ): Promise<WebsiteReportingView> {
    await this.reporting.set(actor, isOn);
    return this.one(actor);
  }
}
