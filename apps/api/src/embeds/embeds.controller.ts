import { Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EmbedState as EmbedStateView, sourceIn } from '#contracts';
import { Visits } from '#engagement';
import { DomainError, type Locale, parseLocale } from '#kernel';
import { Public } from '../http/authority.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';
import { ContactForms } from './contact-forms.service.js';
import { ownerMessage } from './contact-page.js';
import { type ComponentView, EmbedPages, type OpenEmbed } from './embed-pages.service.js';
import { CampaignCards } from './campaign-cards.service.js';
import { componentPreview } from './component-preview.js';
import { EmbeddedForm } from './embedded-form.interceptor.js';
import { MESSAGE_POLICY, placeOf, PREVIEW_POLICY } from './embed-site.js';

/**
 * Campaigns on the websites of partners. Each address works for as long as the website has it: after
 * an end or a recall the partner's own form is there instead.
 */
@Controller('p/:slug')
export class EmbedsController {
  constructor(
    private readonly pages: EmbedPages,
    private readonly cards: CampaignCards,
    private readonly contacts: ContactForms,
    private readonly forms: EmbeddedForm,
    private readonly visits: Visits,
  ) {}

  @Summary('Show a campaign in a frame of its partner’s website')
  @ResponseMedia('text/html')
  @Public()
  @Get('embed')
  @Header('content-type', 'text/html; charset=utf-8')
  async frame(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const embed = await this.framedBy(slug, request, response);
    if (typeof embed === 'string') return embed;
    const html = await this.pages.html(embed, 'frame', wanted(request));
    await this.visits.record(embed.actor, embed.activation, 'visit', { source: 'embed' }, request);
    return this.pages.framed(html, embed);
  }

  @Summary('Show the card of a campaign in a frame of its partner’s website')
  @ResponseMedia('text/html')
  @Public()
  @Get('card')
  @Header('content-type', 'text/html; charset=utf-8')
  async card(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const embed = await this.framedBy(slug, request, response);
    return typeof embed === 'string' ? embed : this.cards.html(embed, wanted(request));
  }

  /** Of no one: it says nothing of the campaign. */
  @Summary('Get the state of a campaign on its partner’s website')
  @Public()
  @Get('embed/state')
  @Header('cache-control', 'public, max-age=15')
  @Header('access-control-allow-origin', '*')
  @Header('cross-origin-resource-policy', 'cross-origin')
  @ResponseBody(EmbedStateView)
  async state(@Param('slug') slug: string): Promise<EmbedStateView> {
    const embed = await this.pages.open(slug);
    return { state: embed.state, key: this.pages.keyOf(embed) };
  }

  @Summary('Get a campaign for the web component of its partner’s website')
  @ResponseMedia('application/json')
  @Public()
  @Get('component')
  async component(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ComponentView> {
    const { origin } = request.headers;
    const language = wanted(request);
    const embed = await this.opened(slug);
    this.pages.cacheShortly(request, response);
    if (embed === null) {
      response.status(404);
      return this.message('missing', origin, language, response);
    }
    if (this.pages.siteOf(origin, embed).kind === 'foreign') return this.message('foreign', origin, language, response);
    this.pages.allowReading(response, origin);
    const html = await this.pages.html(embed, 'component', language);
    await this.visits.record(embed.actor, embed.activation, 'visit', { source: 'embed' }, request);
    return this.pages.component(html, embed, language ?? 'en');
  }

  @Summary('Show the web component of a campaign as a strict website shows it')
  @ResponseMedia('text/html')
  @Public()
  @Get('component/preview')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PREVIEW_POLICY)
  async preview(@Param('slug') slug: string): Promise<string> {
    const embed = await this.pages.open(slug);
    return componentPreview(embed.slug, embed.activation.locale);
  }

  /** Creates a contact with the consent as shown, and a lead. */
  @Summary('Submit the form that a website shows after the end of a campaign')
  @ResponseMedia('text/html')
  @Public()
  @Post('embed/form')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async answer(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | ComponentView> {
    const place = placeOf(request.query['embed']) ?? 'frame';
    const embed = await this.pages.open(slug);
    this.forms.admit(embed, place, request, response);
    return this.forms.shown(await this.contacts.answer(embed, place, request, response), embed, place, request);
  }

  /** The script of an embed tells it. Nothing of what is typed is sent. */
  @Summary('Count that a visitor begins to fill in a form on a website')
  @Public()
  @Post('form-start')
  @HttpCode(204)
  async start(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const embed = await this.pages.open(slug);
    this.forms.admit(embed, 'component', request, response);
    await this.visits.record(embed.actor, embed.activation, 'form-start', { source: sourceIn(request.query) }, request);
  }

  /**
   * Opens an embed for a frame. Browsers refuse other websites by `frame-ancestors` without a word, so
   * a website that is known to be another one gets a message.
   * @returns the message instead.
   */
  private async framedBy(slug: string, request: Request, response: Response): Promise<OpenEmbed | string> {
    const language = wanted(request) ?? 'en';
    const embed = await this.opened(slug);
    this.pages.cacheShortly(request, response);
    response.vary('Referer');
    if (embed === null) {
      response.status(404);
      return this.refused(response, ownerMessage('missing', '', language));
    }
    this.pages.allowFrames(response, embed);
    const { kind, host } = this.pages.siteOf(request.headers.referer, embed);
    return kind === 'foreign' ? this.refused(response, ownerMessage('foreign', host, language)) : embed;
  }

  private refused(response: Response, html: string): string {
    response.setHeader('Content-Security-Policy', MESSAGE_POLICY).removeHeader('X-Frame-Options');
    return html;
  }

  private async opened(slug: string): Promise<OpenEmbed | null> {
    try {
      return await this.pages.open(slug);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'page.not-found') return null;
      throw error;
    }
  }

  private message(
    kind: 'foreign' | 'missing',
    origin: string | undefined,
    language: string | null,
    response: Response,
  ): ComponentView {
    this.pages.allowReading(response, origin);
    const host = origin !== undefined && URL.canParse(origin) ? new URL(origin).hostname : '';
    return this.cards.message(ownerMessage(kind, host, language ?? 'en'));
  }
}

/** The language of the code on the website, or else that of the browser; null: none that is valid. */
function wanted(request: Request): Locale | null {
  const { language } = request.query;
  const given = typeof language === 'string' ? language : request.acceptsLanguages()[0];
  return given === undefined ? null : parseLocale(given);
}
