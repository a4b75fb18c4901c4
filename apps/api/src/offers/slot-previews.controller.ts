import { Body, Controller, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { OfferPreviews } from '#activations';
import { SOCIAL_FORMATS } from '#content';
import { SlotPreviewRequest, PagePreview, PagePreviewRequest } from '#contracts';
import type { CampaignVersionId, PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam, TemplateKey } from '../http/path-parameters.js';
import { traitsOf } from '../campaigns/recipient-traits.view.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';

const Format = z.enum(SOCIAL_FORMATS);
type Wanted = z.output<typeof SlotPreviewRequest>;

/**
 * Previews of pages, documents and posts of an offer with the texts that a
 * partner is writing, as a launch would make them.
 */
@Controller('api/v1/offers/:versionId/preview')
export class SlotPreviewsController {
  constructor(private readonly previews: OfferPreviews) {}

  @Summary('Preview a landing page in your branding with your own texts')
  @Allow('offers.read')
  @Post('pages/:key')
  @HttpCode(200)
  @ResponseBody(PagePreview)
  async page(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('key', { schema: TemplateKey }) key: string,
    @Body({ schema: PagePreviewRequest })
    { locale, slots, parts, places, ...traits }: z.output<typeof PagePreviewRequest>,
  ): Promise<z.output<typeof PagePreview>> {
    const { html } = await this.previews.preview(actor, versionId, {
      kind: 'page',
      key,
      locale: locale ?? null,
      recipient: traitsOf(traits),
      slots,
      parts,
      places,
    });
    return { html };
  }

  @Summary('Preview a document in your branding with your own texts')
  @ResponseMedia('application/pdf')
  @Allow('offers.read')
  @Post('documents/:key')
  @HttpCode(200)
  async document(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('key', { schema: TemplateKey }) key: string,
    @Body({ schema: SlotPreviewRequest }) { locale, slots }: Wanted,
  ): Promise<StreamableFile> {
    const wanted = { kind: 'document', key, format: 'pdf', locale: locale ?? null, slots } as const;
    return new StreamableFile(await this.previews.artwork(actor, versionId, wanted), {
      type: 'application/pdf',
    });
  }

  @Summary('Preview an image of a social post in your branding with your own texts')
  @ResponseMedia('image/jpeg')
  @Allow('offers.read')
  @Post('social/:key/:format')
  @HttpCode(200)
  async picture(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('key', { schema: TemplateKey }) key: string,
    @Param('format', { schema: Format }) format: z.output<typeof Format>,
    @Body({ schema: SlotPreviewRequest }) { locale, slots }: Wanted,
  ): Promise<StreamableFile> {
    const wanted = { kind: 'social', key, format, locale: locale ?? null, slots } as const;
    return new StreamableFile(await this.previews.artwork(actor, versionId, wanted), {
      type: 'image/jpeg',
    });
  }
}
