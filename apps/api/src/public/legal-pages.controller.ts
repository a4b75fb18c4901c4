import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LandingPages } from '#activations';
import { BrandProfiles, PageBrands, provenLegalPage } from '#brand';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import { legalPage } from './legal-page.js';
import { PUBLIC_LANGUAGES } from './page-texts.js';

/**
 * The legal pages of the company behind a landing page and its e-mails. They
 * forward to what its brand profile names now, so that links in sent e-mails
 * stay right. They work after a recall, too.
 */
@Controller('p/:slug')
export class LegalPagesController {
  constructor(
    private readonly pages: LandingPages,
    private readonly profiles: BrandProfiles,
    private readonly brands: PageBrands,
  ) {}

  @Summary('Open the privacy policy of the company behind a page')
  @ResponseMedia('text/html')
  @Public()
  @Get('privacy')
  async privacy(@Param('slug') slug: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.open('privacy', slug, request, response);
  }

  @Summary('Open the imprint of the company behind a page')
  @ResponseMedia('text/html')
  @Public()
  @Get('imprint')
  async imprint(@Param('slug') slug: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.open('imprint', slug, request, response);
  }

  private async open(kind: 'imprint' | 'privacy', slug: string, request: Request, response: Response): Promise<void> {
    const actor = await this.pages.sender(slug);
    const profile = await this.profiles.current(actor);
    const url = provenLegalPage(profile, `${kind}Url`);
    response.setHeader('Referrer-Policy', 'no-referrer').setHeader('Cache-Control', 'no-store');
    if (url !== null) {
      response.redirect(302, url);
      return;
    }
    const owner = { brand: await this.brands.current(actor), slug };
    const language = request.acceptsLanguages(PUBLIC_LANGUAGES) || 'en';
    response
      .vary('Accept-Language')
      .setHeader('Content-Security-Policy', PAGE_POLICY)
      .type('html')
      .send(legalPage(kind, profile, owner, language));
  }
}
