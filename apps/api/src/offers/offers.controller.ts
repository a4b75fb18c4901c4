import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { OfferAudience, OfferDates, OfferPreviews, Offers } from '#activations';
import { SendingIdentities } from '#brand';
import {
  AudienceQuery,
  AudienceView,
  EmailPreview,
  EmailPreviewRequest,
  OfferDetail,
  Offers as OffersView,
  PreviewQuery,
  TestMail,
} from '#contracts';
import { senderNameOf, type Session, SystemMail } from '#identity';
import { type CampaignVersionId, DomainError, notFound, type PartnerActor } from '#kernel';
import { reasonSentence } from '#sequences';
import { Allow, CurrentPartner, SessionOrNull } from '../http/authority.js';
import { PREVIEW_POLICY } from '../http/preview-policy.js';
import { IdParam, TemplateKey } from '../http/path-parameters.js';
import { offerDetail, offerView } from './offers.view.js';
import { launchListsOf } from '../activations/launch-lists.js';
import { PartnerVendorViews } from '../vendors/partner-vendors.view.js';
import { questionsView, traitsOf } from '../campaigns/recipient-traits.view.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';

const Format = z.enum(['landscape', 'square', 'story']);

/** Campaigns that a partner may run, in its own brand. */
@Controller('api/v1/offers')
export class OffersController {
  constructor(
    private readonly offers: Offers,
    private readonly dates: OfferDates,
    private readonly audiences: OfferAudience,
    private readonly previews: OfferPreviews,
    private readonly mail: SystemMail,
    private readonly vendors: PartnerVendorViews,
    private readonly identities: SendingIdentities,
  ) {}

  @Summary('List the campaigns that you can launch today, in your branding')
  @Allow('offers.read')
  @Get()
  @ResponseBody(OffersView)
  async list(@CurrentPartner() actor: PartnerActor): Promise<z.output<typeof OffersView>> {
    const offers = await this.offers.list(actor);
    const names = await this.vendors.names(
      actor,
      offers.map(({ version }) => version.vendorId),
    );
    return { items: offers.map((offer) => offerView(offer, names.get(offer.version.vendorId) ?? '')) };
  }

  @Summary('Get one offer: its e-mails with dates, pages, documents, posts and editable texts')
  @Allow('offers.read')
  @Get(':versionId')
  @ResponseBody(OfferDetail)
  async one(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
  ): Promise<z.output<typeof OfferDetail>> {
    const offer = await this.offers.one(actor, versionId);
    const vendor = await this.vendors.get(actor, offer.version.vendorId);
    const sender = await this.identities.forMembership(actor, offer.version.vendorId);
    return offerDetail(offer, await this.dates.calendar(actor, offer, null), vendor, sender);
  }

  @Summary(
    'Count who on your lists would receive a campaign and why others would not. Counts 5,000 contacts per request; continue from `nextAfter` until it is null',
  )
  @Allow('contacts.read')
  @Get(':versionId/audience')
  @ResponseBody(AudienceView)
  async audience(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Query({ schema: AudienceQuery }) query: z.output<typeof AudienceQuery>,
  ): Promise<z.output<typeof AudienceView>> {
    const offer = await this.offers.one(actor, versionId);
    const { listId, include, exclude = [], after = null, withoutHoldOut } = query;
    const lists = launchListsOf(include === undefined ? { listId } : { lists: { include, exclude } });
    const of = { lists: { ...lists, exclude }, withoutHoldOut: withoutHoldOut === 'true', after };
    const counted = await this.audiences.count(actor, offer, of);
    const { total, willGet, skipped, inOtherCampaign, otherLanguage, nextAfter } = counted;
    return {
      total,
      willGet,
      inOtherCampaign,
      otherLanguage,
      nextAfter,
      skipped: skipped.map(({ reason, count }) => ({ reason, sentence: reasonSentence(reason), count })),
    };
  }

  /** `welcome.html` or `welcome.txt`. */
  @Summary('Preview an e-mail in your branding as HTML or plain text')
  @ResponseMedia('text/html')
  @Allow('offers.read')
  @Get(':versionId/preview/emails/:file')
  @Header('content-security-policy', PREVIEW_POLICY)
  async email(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('file') file: string,
    @Query({ schema: PreviewQuery }) query: z.output<typeof PreviewQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { key, extension } = fileName(file, ['html', 'txt']);
    const message = await this.previews.preview(actor, versionId, {
      kind: 'email',
      key,
      locale: query.locale ?? null,
      recipient: traitsOf(query),
      slots: {},
    });
    response
      .type(extension === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8')
      .setHeader('X-Subject', encodeURIComponent(message.subject));
    return extension === 'html' ? message.html : message.text;
  }

  /** The same with unsaved slot texts and an unsaved brand profile. */
  @Summary('Preview an e-mail in your branding with your own texts')
  @Allow('offers.read')
  @Post(':versionId/preview/emails/:key')
  @HttpCode(200)
  @ResponseBody(EmailPreview)
  async emailWithSlots(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('key', { schema: TemplateKey }) key: string,
    @Body({ schema: EmailPreviewRequest })
    { locale, slots, parts, places, brand, ...traits }: z.output<typeof EmailPreviewRequest>,
  ): Promise<z.output<typeof EmailPreview>> {
    const { subject, html, text, asks } = await this.previews.preview(actor, versionId, {
      parts,
      places,
      brand,
      kind: 'email',
      key,
      locale: locale ?? null,
      recipient: traitsOf(traits),
      slots,
    });
    return { subject, html, text, asks: questionsView(asks) };
  }

  /**
   * Sends the preview as a test mail to the user who requests it. Creates no
   * message, and clicks on its links are not counted.
   */
  @Summary('Send a test e-mail to yourself')
  @Allow('activations.launch')
  @Post(':versionId/preview/emails/:key/test')
  @HttpCode(202)
  @ResponseBody(TestMail, 202)
  async testMail(
    @CurrentPartner() actor: PartnerActor,
    @SessionOrNull() session: Session | null,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('key', { schema: TemplateKey }) key: string,
    @Body({ schema: EmailPreviewRequest }) body: z.output<typeof EmailPreviewRequest>,
  ): Promise<z.output<typeof TestMail>> {
    const { subject, html, text } = await this.emailWithSlots(actor, versionId, key, {
      ...body,
      parts: false,
      places: false,
    });
    if (session === null) throw personOnly();
    const to = session.user.email;
    const { version } = await this.offers.one(actor, versionId);
    const { fromName } = await this.identities.forMembership(actor, version.vendorId);
    const senderName = senderNameOf(fromName, session.user.locale);
    await this.mail.postNow(actor, { to, senderName, subject: `[Test] ${subject}`, html, text });
    return { to };
  }

  @Summary('Preview a landing page in your branding')
  @ResponseMedia('text/html')
  @Allow('offers.read')
  @Get(':versionId/preview/pages/:file')
  @Header('content-security-policy', PREVIEW_POLICY)
  async page(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('file') file: string,
    @Query({ schema: PreviewQuery }) query: z.output<typeof PreviewQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { key } = fileName(file, ['html']);
    response.type('text/html; charset=utf-8');
    return (
      await this.previews.preview(actor, versionId, {
        kind: 'page',
        key,
        locale: query.locale ?? null,
        recipient: traitsOf(query),
        slots: {},
      })
    ).html;
  }

  @Summary('Preview a document in your branding')
  @ResponseMedia('application/pdf')
  @Allow('offers.read')
  @Get(':versionId/preview/documents/:file')
  async document(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('file') file: string,
    @Query({ schema: PreviewQuery }) query: z.output<typeof PreviewQuery>,
    @Res() response: Response,
  ): Promise<void> {
    const { key } = fileName(file, ['pdf']);
    const bytes = await this.previews.artwork(actor, versionId, {
      kind: 'document',
      key,
      format: 'pdf',
      locale: query.locale ?? null,
      slots: {},
    });
    response.type('application/pdf').send(bytes);
  }

  @Summary('Preview an image of a social post in your branding')
  @ResponseMedia('image/jpeg')
  @Allow('offers.read')
  @Get(':versionId/preview/social/:key/:file')
  async social(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('key', { schema: TemplateKey }) key: string,
    @Param('file') file: string,
    @Query({ schema: PreviewQuery }) query: z.output<typeof PreviewQuery>,
    @Res() response: Response,
  ): Promise<void> {
    const { data: format } = Format.safeParse(fileName(file, ['jpg']).key);
    if (format === undefined) throw notFound('picture', file.slice(0, 60));
    const bytes = await this.previews.artwork(actor, versionId, {
      kind: 'social',
      key,
      format,
      locale: query.locale ?? null,
      slots: {},
    });
    response.type('image/jpeg').send(bytes);
  }
}

function fileName(file: string, extensions: readonly string[]): { key: string; extension: string } {
  const [key = '', extension = ''] = file.split('.');
  if (extensions.includes(extension) && TemplateKey.safeParse(key).success) return { key, extension };
  throw new DomainError(
    'preview.not-found',
    `There is no preview “${file.slice(0, 60)}”. Request ${extensions.map((one) => `name.${one}`).join(' or ')}.`,
    {},
    { kind: 'not-found' },
  );
}

function personOnly(): DomainError {
  return new DomainError(
    'test-mail.person-only',
    'A test e-mail goes to the signed-in person, and an API key has no mailbox. Sign in as a person.',
    {},
    { kind: 'forbidden' },
  );
}
