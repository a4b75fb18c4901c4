import { Controller, Get, Head, Header, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { RecalledImages } from '#campaigns';
import { PublicImages } from '#content';
import { Clicks, MessageLinks } from '#engagement';
import { isId, notFound, systemActor } from '#kernel';
import { RecalledEmails, ViewInBrowser } from '#sequences';
import { BlobStore } from '#storage';
import { Public } from '../http/authority.js';
import { VIEW_POLICY } from '../http/preview-policy.js';
import { RECALLED_PICTURE } from './recalled-picture.data.js';
import { RecallNoticeFilter } from './recall-notice.filter.js';
import { waitPage } from './public-pages.js';
import { PUBLIC_LANGUAGES } from './page-texts.js';
import { ResponseMedia, Summary } from '../http/openapi.js';

const PUBLIC_ACTOR = systemActor('public');
const Hash = z.string().regex(/^[0-9a-f]{64}\.(?:png|jpg|webp)$/);

/**
 * Links and images of e-mails and landing pages. Needs no session. Responses do
 * not reveal which contacts exist.
 */
@UseFilters(RecallNoticeFilter)
@Controller()
export class PublicController {
  constructor(
    private readonly messageLinks: MessageLinks,
    private readonly clicks: Clicks,
    private readonly images: PublicImages,
    private readonly blobs: BlobStore,
    private readonly views: ViewInBrowser,
    private readonly recalled: RecalledEmails,
    private readonly hidden: RecalledImages,
  ) {}

  @Summary('Follow a link in an e-mail')
  @ResponseMedia('text/html')
  @Public()
  @Get('l/:token')
  async follow(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { again } = request.query;
    await this.recalled.requireFollowable(this.messageLinks.openLink(token));
    const { target, clickId } = await this.clicks.follow(
      token,
      { method: request.method, headers: request.headers, address: request.ip ?? '' },
      isId(again) ? again : null,
    );
    response.setHeader('Referrer-Policy', 'no-referrer').setHeader('Cache-Control', 'no-store');
    if (target !== null) response.redirect(302, target);
    else
      response
        .status(503)
        .setHeader('Retry-After', '3')
        .type('html')
        .send(waitPage(`/l/${token}?again=${clickId}`, request.acceptsLanguages(PUBLIC_LANGUAGES) || 'en'));
  }

  @Summary('Request the headers of a link in an e-mail')
  @ResponseMedia('text/html')
  @Public()
  @Head('l/:token')
  async followHead(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.follow(token, request, response);
  }

  @Summary('Show an e-mail in the browser')
  @ResponseMedia('text/html')
  @Public()
  @Get('v/:token')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', VIEW_POLICY)
  async viewInBrowser(@Param('token') token: string): Promise<string> {
    return this.views.html(await this.messageLinks.openLinkFor(token, 'viewInBrowser'));
  }

  /**
   * Pictures that mails and pages show: named by what they are, so they never
   * change. One of a recalled campaign is a notice, where no cache has it.
   */
  @Summary('Get an image of an e-mail')
  @ResponseMedia('image/png')
  @Public()
  @Get('b/:file')
  async picture(@Param('file') file: string, @Res() response: Response): Promise<void> {
    const hash = Hash.safeParse(file).success ? file.slice(0, 64) : null;
    const mediaType = hash === null ? null : await this.images.mediaType(PUBLIC_ACTOR, hash);
    if (hash === null || mediaType === null) throw notFound('picture', file.slice(0, 80));
    if (await this.hidden.hides(hash)) {
      // Not 410: the picture proxies of mail programs show nothing but a 200.
      response
        .type('image/png')
        .setHeader('Cache-Control', 'no-store')
        .setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
        .send(RECALLED_PICTURE);
      return;
    }
    response
      .type(mediaType)
      .setHeader('Cache-Control', 'public, max-age=31536000, immutable')
      .setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
      .send(await this.blobs.get(hash));
  }
}
