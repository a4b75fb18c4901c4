import { Controller, Get, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { ActivationOutputs, Activations, PendingArtwork, SealedAssets } from '#activations';
import { AssetQuery, Assets } from '#contracts';
import { type ActivationId, notFound, type PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';

/** Documents and pictures of a partner's running campaign. */
@Controller('api/v1/activations/:id/assets')
export class ActivationAssetsController {
  constructor(
    private readonly activations: Activations,
    private readonly outputs: ActivationOutputs,
    private readonly pending: PendingArtwork,
    private readonly sealed: SealedAssets,
  ) {}

  @Summary('List the documents and images of an activation in your branding')
  @Allow('activations.read')
  @Get()
  @ResponseBody(Assets)
  async list(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ActivationId): Promise<z.output<typeof Assets>> {
    const activation = await this.activations.get(actor, id);
    // Read once: what is made between two readings would be in neither the list nor the count.
    const made = await this.outputs.assets(actor, id);
    const assets = await this.outputs.usableAmong(actor, activation, made);
    const hasEnded = (await this.outputs.vendorEnd(actor, activation)) !== null;
    return {
      items: assets.map(({ id: assetId, kind, key, locale, format, title, postText, mediaType }) => ({
        id: assetId,
        kind,
        key,
        locale,
        format,
        title,
        postText,
        mediaType,
      })),
      coming: hasEnded ? 0 : await this.pending.count(actor, activation, made),
    };
  }

  @Summary('Download a document or image of an activation')
  @ResponseMedia('application/octet-stream')
  @Allow('activations.read')
  @Get(':assetId')
  async one(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @IdParam('assetId') assetId: string,
    @Query({ schema: AssetQuery }) query: z.output<typeof AssetQuery>,
    @Res() response: Response,
  ): Promise<void> {
    const activation = await this.activations.get(actor, id);
    const asset = (await this.outputs.usableAssets(actor, activation)).find((one) => one.id === assetId);
    if (asset === undefined) throw notFound('asset', assetId);
    const bytes = await this.sealed.bytes(activation, asset);
    // An image that the portal shows is not a download.
    if (query.shown === undefined) await this.outputs.recordDownload(actor, activation, asset);
    const extension = asset.kind === 'document' ? 'pdf' : 'jpg';
    response
      .type(asset.mediaType)
      .setHeader(
        'Content-Disposition',
        `attachment; filename="${asset.key}-${asset.locale}-${asset.format}.${extension}"`,
      )
      .send(bytes);
  }
}
