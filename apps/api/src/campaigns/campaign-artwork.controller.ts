import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CampaignPreviews } from '#campaigns';
import { SOCIAL_FORMATS } from '#content';
import { ArtworkQuery } from '#contracts';
import type { CampaignId, VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { IdParam, TemplateKey, VersionNumber } from '../http/path-parameters.js';
import { ResponseMedia, Summary } from '../http/openapi.js';

const Format = z.enum(SOCIAL_FORMATS);
type Wanted = z.output<typeof ArtworkQuery>;

/**
 * Previews of a version's documents and pictures for its vendor, with a sample
 * logo or a partner's logo.
 */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/versions/:number/preview')
export class CampaignArtworkController {
  constructor(private readonly previews: CampaignPreviews) {}

  @Summary("Preview a document of a version with a sample logo or a partner's logo")
  @ResponseMedia('application/pdf')
  @Get('documents/:key.pdf')
  @Allow('campaigns.read')
  @ApiProduces('application/pdf')
  @ApiOkResponse()
  async document(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Param('key', { schema: TemplateKey }) key: string,
    @Query({ schema: ArtworkQuery }) query: Wanted,
  ): Promise<StreamableFile> {
    const pdf = await this.previews.artwork(actor, { kind: 'document', ...request(id, number, key, query) });
    return new StreamableFile(pdf, { type: 'application/pdf' });
  }

  @Summary("Preview an image of a social post of a version with a sample logo or a partner's logo")
  @ResponseMedia('image/jpeg')
  @Get('social/:key/:format.jpg')
  @Allow('campaigns.read')
  @ApiProduces('image/jpeg')
  @ApiOkResponse()
  async picture(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Param('key', { schema: TemplateKey }) key: string,
    @Param('format', { schema: Format }) format: z.output<typeof Format>,
    @Query({ schema: ArtworkQuery }) query: Wanted,
  ): Promise<StreamableFile> {
    const jpeg = await this.previews.artwork(actor, { kind: 'social', format, ...request(id, number, key, query) });
    return new StreamableFile(jpeg, { type: 'image/jpeg' });
  }
}

function request(id: CampaignId, number: number, key: string, { locale, partnerId }: Wanted) {
  return {
    campaignId: id,
    number,
    key,
    locale: locale ?? null,
    partnerId: partnerId ?? null,
  };
}
