import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type AssetId, PartnerLibrary } from '#assets';
import { PartnerAssetFileQuery, PartnerAssets, Signature, SignatureQuery } from '#contracts';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { pictureAnswer } from './asset-uploads.js';
import { partnerAssetView } from './assets.view.js';

const Language = z.string().regex(/^[A-Za-z0-9-]{2,20}$/);

/** What vendors share with a partner without a campaign. */
@ApiTags('library')
@Controller('api/v1/library')
export class PartnerLibraryController {
  constructor(private readonly library: PartnerLibrary) {}

  /** The newest 500, with what was withdrawn after you had downloaded it, and why. */
  @Summary('List the assets that your vendors share with you')
  @Get()
  @Allow('library.read')
  @ResponseBody(PartnerAssets)
  async list(@CurrentPartner() actor: PartnerActor): Promise<PartnerAssets> {
    return { items: (await this.library.list(actor)).map(partnerAssetView) };
  }

  @Summary('Get a small picture of an asset in your library')
  @ResponseMedia('image/png')
  @Get(':id/preview')
  @Allow('library.read')
  async preview(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: AssetId,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return pictureAnswer(response, await this.library.preview(actor, id));
  }

  /** Counts the download. An SVG is delivered as PNG. */
  @Summary('Download an asset of your library, as it is or in your brand')
  @ResponseMedia('application/octet-stream')
  @Get(':id/file')
  @Allow('library.read')
  async file(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: AssetId,
    @Query({ schema: PartnerAssetFileQuery }) { brand, locale }: z.output<typeof PartnerAssetFileQuery>,
  ): Promise<StreamableFile> {
    const { bytes, mediaType, name } = await this.library.download(actor, id, brand === 'own' ? locale : null);
    return new StreamableFile(bytes, {
      type: mediaType,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, escapedByte)}`,
    });
  }

  @Summary('Get the captions of a video in a language, as WebVTT')
  @ResponseMedia('text/vtt')
  @Get(':id/captions/:locale.vtt')
  @Allow('library.read')
  async captions(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: AssetId,
    @Param('locale', { schema: Language }) locale: string,
  ): Promise<StreamableFile> {
    const captions = await this.library.captions(actor, id, locale);
    return new StreamableFile(Buffer.from(captions), { type: 'text/vtt; charset=utf-8', disposition: 'attachment' });
  }

  /** Ask for "use" when it is copied or saved: that counts as a download. */
  @Summary('Get an e-mail signature with your data, as HTML and as text')
  @Get(':id/signature')
  @Allow('library.read')
  @ResponseBody(Signature)
  async signature(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: AssetId,
    @Query({ schema: SignatureQuery }) { locale, for: purpose, ...person }: z.output<typeof SignatureQuery>,
  ): Promise<Signature> {
    return this.library.signature(actor, id, locale, person, purpose === 'use');
  }
}

/** Letters that encodeURIComponent leaves and RFC 5987 does not allow. */
const escapedByte = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
