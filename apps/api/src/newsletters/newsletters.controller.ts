import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  ChangeNewsletter,
  CreateNewsletter,
  NewsletterAudienceRequest,
  NewsletterAudienceView,
  type NewsletterCard,
  NewsletterLanguage,
  NewsletterPage,
  NewsletterPreviewView,
  NewsletterTest,
  NewsletterView,
  PageQuery,
  SendNewsletter,
} from '#contracts';
import type { VendorActor } from '#kernel';
import {
  NewsletterAudiences,
  type NewsletterId,
  NewsletterPreviews,
  Newsletters,
  NewsletterTests,
  newsletterVersion,
  type ShownNewsletter,
} from '#newsletters';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** A vendor's newsletters to people of its partners. The studio edits their content as a draft of a campaign. */
@Controller('api/v1/newsletters')
export class NewslettersController {
  constructor(
    private readonly newsletters: Newsletters,
    private readonly audiences: NewsletterAudiences,
    private readonly previews: NewsletterPreviews,
    private readonly tests: NewsletterTests,
  ) {}

  @Summary('List your newsletters to partners, newest first')
  @Get()
  @Allow('programme.read')
  @ResponseBody(NewsletterPage)
  async list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PageQuery }) { limit, cursor }: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof NewsletterPage>> {
    const found = await this.newsletters.list(actor, { limit, beforeId: idCursor(cursor) });
    return { items: found.map(card), nextCursor: nextCursor(found, limit, ({ id }) => id) };
  }

  @Summary('Create a newsletter, as a draft')
  @Post()
  @Allow('campaigns.edit')
  @ResponseBody(NewsletterView, 201)
  async create(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: CreateNewsletter }) { title, languages, from }: z.output<typeof CreateNewsletter>,
  ): Promise<NewsletterView> {
    const id = await this.newsletters.create(actor, {
      title,
      ...(languages === undefined ? {} : { languages }),
      from: (from as NewsletterId | undefined) ?? null,
    });
    return this.get(actor, id);
  }

  /** Saves nothing. */
  @Summary('Count the people whom a newsletter would go to, and show the first of them')
  @Post('audience')
  @HttpCode(200)
  @Allow('programme.read')
  @ResponseBody(NewsletterAudienceView)
  async audience(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: NewsletterAudienceRequest }) body: z.output<typeof NewsletterAudienceRequest>,
  ): Promise<NewsletterAudienceView> {
    const { first, locales, ...counts } = await this.audiences.preview(actor, body);
    return { ...counts, locales: { ...locales }, first: [...first] };
  }

  @Summary('Get a newsletter with its results')
  @Get(':id')
  @Allow('programme.read')
  @ResponseBody(NewsletterView)
  async get(@CurrentVendor() actor: VendorActor, @IdParam('id') id: NewsletterId): Promise<NewsletterView> {
    return view(await this.newsletters.get(actor, id));
  }

  @Summary('Choose whom a newsletter goes to, and the address in its footer')
  @Put(':id')
  @Allow('campaigns.edit')
  @ReplacesVersion()
  @ResponseBody(NewsletterView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: NewsletterId,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: ChangeNewsletter }) body: z.output<typeof ChangeNewsletter>,
  ): Promise<NewsletterView> {
    await this.newsletters.change(actor, id, body, basedOn);
    return this.get(actor, id);
  }

  @Summary('Delete the draft of a newsletter')
  @Delete(':id')
  @HttpCode(204)
  @Allow('campaigns.edit')
  async delete(@CurrentVendor() actor: VendorActor, @IdParam('id') id: NewsletterId): Promise<void> {
    await this.newsletters.delete(actor, id);
  }

  /** Moves what was changed in the studio into the draft, then shows it. */
  @Summary('Preview a newsletter as a person of a partner gets it')
  @Post(':id/preview')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @ResponseBody(NewsletterPreviewView)
  async preview(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: NewsletterId,
    @Body({ schema: NewsletterLanguage }) { locale }: z.output<typeof NewsletterLanguage>,
  ): Promise<NewsletterPreviewView> {
    const { locales, ...letter } = await this.previews.show(actor, id, locale ?? null);
    return { ...letter, locales: [...locales] };
  }

  @Summary('Send a newsletter to yourself, marked as a test')
  @Post(':id/test')
  @HttpCode(202)
  @Allow('campaigns.edit')
  @ResponseBody(NewsletterTest, 202)
  async test(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: NewsletterId,
    @Body({ schema: NewsletterLanguage }) { locale }: z.output<typeof NewsletterLanguage>,
  ): Promise<z.output<typeof NewsletterTest>> {
    return { to: await this.tests.send(actor, id, locale ?? null) };
  }

  /** Content and audience cannot change from then on. Each person gets it once, in the nearest language that it has. */
  @Summary('Send a newsletter now, or at a time')
  @Post(':id/send')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(NewsletterView)
  async send(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: NewsletterId,
    @Body({ schema: SendNewsletter }) { at }: z.output<typeof SendNewsletter>,
  ): Promise<NewsletterView> {
    await this.newsletters.schedule(actor, id, at === undefined ? null : new Date(at));
    return this.get(actor, id);
  }

  @Summary('Cancel a newsletter that waits for its time: it is a draft again')
  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(NewsletterView)
  async cancel(@CurrentVendor() actor: VendorActor, @IdParam('id') id: NewsletterId): Promise<NewsletterView> {
    await this.newsletters.cancel(actor, id);
    return this.get(actor, id);
  }
}

type Listed = Awaited<ReturnType<Newsletters['list']>>[number];

const card = ({ id, title, locales, state, results, ...newsletter }: Listed): NewsletterCard => ({
  id,
  title: { ...title },
  locales: [...locales],
  state,
  sendAt: newsletter.sendAt?.toISOString() ?? null,
  sentAt: newsletter.sentAt?.toISOString() ?? null,
  scheduledBy: newsletter.scheduledBy,
  createdAt: newsletter.createdAt.toISOString(),
  createdBy: newsletter.createdBy,
  results: results === null ? null : { ...results },
});

const view = (newsletter: ShownNewsletter): NewsletterView => ({
  ...card(newsletter),
  campaignId: newsletter.campaignId,
  versionNumber: newsletter.versionNumber,
  groupIds: [...newsletter.groupIds],
  roles: [...newsletter.roles],
  senderAddress: newsletter.senderAddress,
  version: newsletterVersion(newsletter),
});
