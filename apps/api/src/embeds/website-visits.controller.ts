import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { WebsiteReporting } from '#activations';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { ReportedVisit, ReportVisit } from '#contracts';
import { PublicTokens, Visitors } from '#engagement';
import { DomainError, systemActor } from '#kernel';
import { ContactEvents } from '#sequences';
import { Public } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { siteOf } from './embed-site.js';

/** Pages and events of contacts who agreed, from the websites of partners. */
@Controller('visits/:token')
export class WebsiteVisitsController {
  constructor(
    private readonly tokens: PublicTokens,
    private readonly visitors: Visitors,
    private readonly profiles: BrandProfiles,
    private readonly events: ContactEvents,
    private readonly reporting: WebsiteReporting,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * The click of a personal link names its contact for half an hour. The website
   * then keeps the token of the response. Others get null: nothing is recorded.
   */
  @Summary('Report a page or event of a known contact who agreed on the website')
  @Public()
  @Post()
  @HttpCode(200)
  @ResponseBody(ReportedVisit)
  async report(
    @Param('token') token: string,
    @Body({ schema: ReportVisit }) { name, click, visitor }: z.output<typeof ReportVisit>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportedVisit> {
    const partnerId = this.tokens.openSite(token);
    const actor = systemActor('website-visits', { partnerId });
    const { verifiedHosts } = await this.profiles.current(actor);
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin === undefined || siteOf(origin, verifiedHosts, this.config.PUBLIC_URL).kind !== 'verified')
      throw new DomainError(
        'embed.foreign',
        'This website may not report visits. Its company can confirm the website in its brand profile.',
        {},
        { kind: 'forbidden' },
      );
    response.setHeader('Access-Control-Allow-Origin', origin);
    // Websites keep the script and its tokens after the partner switched the reports off.
    if (!(await this.reporting.isOn(actor))) return { visitor: null };
    // The click first: a website may keep a token that has ended, or that names an earlier person.
    const contactId =
      (click === undefined ? null : await this.visitors.ofWebsite(actor, click)) ??
      (visitor === undefined ? null : this.tokens.openVisitor(visitor));
    if (contactId === null || !(await this.events.recordOnWebsite(actor, contactId, name))) return { visitor: null };
    return { visitor: this.tokens.visitorToken(contactId) };
  }
}
