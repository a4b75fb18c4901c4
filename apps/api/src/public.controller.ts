import { Controller, Get, Head, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Activations, SealedAssets } from '#activations';
import { BrandProfiles } from '#brand';
import { PublicImages } from '#content';
import { Database } from '#database';
import { Contacts, Suppressions } from '#contacts';
import { Clicks, Engagement } from '#engagement';
import { notFound, systemActor } from '#kernel';
import { BlobStore } from '#storage';
import { Public } from './http/authority.js';
import { PAGE_POLICY, PREVIEW_POLICY } from './http/preview-policy.js';
import { leavingPage, leftPage, waitPage } from './public-pages.js';
import { ViewInBrowser } from './view-in-browser.js';

const DOOR = systemActor('public');
const Hash = z.string().regex(/^[0-9a-f]{64}\.(?:png|jpg|webp)$/);

/** What prospects and their mail programs call: links, leaving, pictures. Nobody signs in here, and nothing says who exists. */
@Controller()
export class PublicController {
  constructor(
    private readonly engagement: Engagement,
    private readonly clicks: Clicks,
    private readonly suppressions: Suppressions,
    private readonly contacts: Contacts,
    private readonly profiles: BrandProfiles,
    private readonly images: PublicImages,
    private readonly blobs: BlobStore,
    private readonly database: Database,
    private readonly activations: Activations,
    private readonly assets: SealedAssets,
    private readonly views: ViewInBrowser,
  ) {}

  @Public()
  @Get('l/:token')
  async follow(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const url = await this.clicks.follow(
      token,
      { method: request.method, userAgent: request.headers['user-agent'] ?? '', address: request.ip ?? '' },
      'again' in request.query,
    );
    response.setHeader('Referrer-Policy', 'no-referrer').setHeader('Cache-Control', 'no-store');
    if (url !== null) response.redirect(302, url);
    else
      response
        .status(503)
        .setHeader('Retry-After', '3')
        .type('html')
        .send(waitPage(`/l/${token}?again`));
  }

  @Public()
  @Head('l/:token')
  async followHead(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.follow(token, request, response);
  }

  /** Shows what leaving means and asks; changes nothing (RFC 8058 wants a POST). */
  @Public()
  @Get('u/:token')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async askToLeave(@Param('token') token: string): Promise<string> {
    const { name, language } = await this.leaver(token);
    return leavingPage(name, language);
  }

  /** Both the mail program's one click (`List-Unsubscribe=One-Click`) and the page's button. Safe to repeat. */
  @Public()
  @Post('u/:token')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async leave(@Param('token') token: string): Promise<string> {
    const { subject, name, language, known } = await this.leaver(token);
    const actor = systemActor('unsubscribe', { partnerId: subject.partnerId });
    if (known) {
      await this.database.inTransaction(actor, async () => {
        await this.suppressions.add(actor, {
          contactId: subject.contactId,
          scope: 'partner',
          reason: 'unsubscribed',
          source: 'person',
        });
        await this.engagement.record(subject, 'unsubscribe');
      });
    }
    return leftPage(name, language);
  }

  @Public()
  @Get('v/:token')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PREVIEW_POLICY)
  async viewInBrowser(@Param('token') token: string): Promise<string> {
    return this.views.html(await this.engagement.openDoor(token, 'viewInBrowser'));
  }

  /** Pictures that mails and pages show: named by what they are, so they never change. */
  @Public()
  @Get('b/:file')
  async picture(@Param('file') file: string, @Res() response: Response): Promise<void> {
    const hash = Hash.safeParse(file).success ? file.slice(0, 64) : null;
    const mediaType = hash === null ? null : await this.images.mediaType(DOOR, hash);
    if (hash === null || mediaType === null) throw notFound('picture', file.slice(0, 80));
    response
      .type(mediaType)
      .setHeader('Cache-Control', 'public, max-age=31536000, immutable')
      .setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
      .send(await this.blobs.get(hash));
  }

  @Public()
  @Get('p/:slug/documents/:file')
  async document(@Param('slug') slug: string, @Param('file') file: string, @Res() response: Response): Promise<void> {
    const activation = await this.activations.bySlug(DOOR, slug);
    const key = file.replace(/\.pdf$/, '');
    const asset =
      activation === null
        ? undefined
        : (await this.activations.assets(DOOR, activation.id)).find(
            (one) => one.kind === 'document' && one.key === key && one.locale === activation.locale,
          );
    if (activation === null || asset === undefined) throw notFound('document', key.slice(0, 60));
    response
      .type('application/pdf')
      .setHeader('Content-Disposition', `inline; filename="${asset.key}.pdf"`)
      .send(await this.assets.bytes(activation, asset));
  }

  private async leaver(token: string): Promise<{
    subject: Awaited<ReturnType<Engagement['openDoor']>>;
    name: string;
    language: string | null;
    known: boolean;
  }> {
    const subject = await this.engagement.openDoor(token, 'unsubscribe');
    const actor = systemActor('unsubscribe', { partnerId: subject.partnerId });
    const [profile, [contact]] = [
      await this.profiles.current(actor),
      await this.contacts.byIds(actor, [subject.contactId]),
    ];
    return { subject, name: profile.name, language: contact?.language ?? null, known: contact !== undefined };
  }
}
