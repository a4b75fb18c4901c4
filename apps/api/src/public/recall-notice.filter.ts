import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CampaignOver, ContentRecalled, Copies } from '#activations';
import { BrandProfiles, PageBrands } from '#brand';
import { CONFIG, type Config } from '#config';
import { parseLocale, systemActor } from '#kernel';
import { PAGE_POLICY } from '../http/preview-policy.js';
import { type NextSteps, noticePage } from './form-pages.js';
import { contactOf } from './partner-contact.js';

/**
 * Answers with a notice in the partner's look where its vendor has recalled what
 * was asked for, or wants one after a campaign: an old link of an e-mail, a page, a document, the code on a
 * printed one. It says nothing of what was recalled.
 */
@Catch(ContentRecalled, CampaignOver)
export class RecallNoticeFilter implements ExceptionFilter<ContentRecalled | CampaignOver> {
  constructor(
    private readonly copies: Copies,
    private readonly profiles: BrandProfiles,
    private readonly brands: PageBrands,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  async catch(error: ContentRecalled | CampaignOver, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const html = await this.html(error, http.getRequest<Request>());
    response
      .status(410)
      .setHeader('Cache-Control', 'no-store')
      .setHeader('Content-Security-Policy', PAGE_POLICY)
      .setHeader('X-Robots-Tag', 'noindex')
      .type('text/html; charset=utf-8')
      .send(html);
  }

  private async html(error: ContentRecalled | CampaignOver, request: Request): Promise<string> {
    const { activation } = error;
    const { partnerId } = activation;
    const actor = systemActor('recall-notice', { partnerId });
    const locale = parseLocale(request.acceptsLanguages()[0] ?? '') ?? activation.locale;
    const profile = await this.profiles.current(actor);
    const owner = { brand: await this.brands.current(actor), slug: activation.slug };
    const next: NextSteps = { first: null, documents: [], ...contactOf(profile, locale) };
    if (error instanceof CampaignOver) return noticePage('ended', locale, { next, replacement: null }, owner);
    const { recall } = error;
    const slug = await this.copies.successor(partnerId, recall);
    const replacement = slug === null ? null : `${this.config.PUBLIC_URL}/p/${slug}`;
    return noticePage(recall.mode === 'replace' ? 'superseded' : 'recalled', locale, { next, replacement }, owner);
  }
}
