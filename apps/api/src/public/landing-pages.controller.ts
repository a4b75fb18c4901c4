import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Req,
  Res,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { LandingPages } from '#activations';
import { sourceIn } from '#contracts';
import { ClickVerdicts, Visits } from '#engagement';
import { type Id, isId } from '#kernel';
import { withFormAction } from '#rendering';
import { EmbeddedForm } from '../embeds/embedded-form.interceptor.js';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import { isTooMany } from '../http/rate-limits.js';
import { RecallNoticeFilter } from './recall-notice.filter.js';
import { LandingForms } from './landing-forms.service.js';

/** Co-branded landing pages and their forms. They work without scripts. */
@UseFilters(RecallNoticeFilter)
@Controller('p/:slug')
export class LandingPagesController {
  constructor(
    private readonly pages: LandingPages,
    private readonly verdicts: ClickVerdicts,
    private readonly forms: LandingForms,
    private readonly visits: Visits,
  ) {}

  @Summary('Show a landing page')
  @ResponseMedia('text/html')
  @Public()
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async page(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { t: given, document } = request.query;
    const click = request.method === 'GET' && isId(given) ? given : null;
    if (click !== null) await this.verdicts.confirmPageOpened(click);
    const found = await this.pages.find(slug);
    const { html, isPersonal } = await this.forms.page(found, request.acceptsLanguages()[0] ?? null, click, document);
    // The address names the click, and the page is for one person.
    response.setHeader('Referrer-Policy', 'strict-origin');
    if (isPersonal) response.setHeader('Cache-Control', 'no-store');
    return this.counted(html, found, request, click);
  }

  @Summary('Show a landing page in a language')
  @ResponseMedia('text/html')
  @Public()
  @Get(':locale')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async localised(
    @Param('slug') slug: string,
    @Param('locale') locale: string,
    @Req() request: Request,
  ): Promise<string> {
    const found = await this.pages.find(slug);
    return this.counted((await this.forms.page(found, locale, null)).html, found, request, null);
  }

  /** By an address of ours: the seal of a page allows no other. */
  @Summary('Follow a link of a landing page')
  @ResponseMedia('text/html')
  @Public()
  @Get('links/:name')
  async link(@Param('slug') slug: string, @Param('name') name: string, @Res() response: Response): Promise<void> {
    const url = await this.pages.linkTarget(slug, name);
    response.setHeader('Referrer-Policy', 'no-referrer').setHeader('Cache-Control', 'no-store').redirect(302, url);
  }

  /** Creates a contact with the consent as shown, and a lead. */
  @Summary('Submit the form of a landing page')
  @ResponseMedia('text/html')
  @Public()
  @Post('form')
  @UseInterceptors(EmbeddedForm)
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async answer(
    @Param('slug') slug: string,
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const found = await this.pages.findSent(slug);
    const post = {
      body,
      language: request.acceptsLanguages()[0] ?? null,
      from: request.ip ?? '',
      isBusy: isTooMany(response),
      source: sourceIn(request.query),
    };
    const { status, html } = found.isRecalled
      ? await this.forms.receiveRecalled(found, post)
      : await this.forms.receive(found, post);
    response.status(status);
    return html;
  }

  /** Records the visit. The form keeps what led its reader here. */
  private async counted(
    html: string,
    { actor, activation }: Awaited<ReturnType<LandingPages['find']>>,
    request: Request,
    click: Id<'interaction'> | null,
  ): Promise<string> {
    const source = click === null ? sourceIn(request.query) : 'email';
    await this.visits.record(actor, activation, 'visit', { source, click }, request);
    return source === 'direct' ? html : withFormAction(html, `/p/${activation.slug}/form?source=${source}`);
  }
}
