import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { type AssetId, Assets } from '#assets';
import { LibraryPictures } from '#campaigns';
import {
  AssetUses,
  PictureOrigin,
  PictureOriginQuery,
  PlacedPicture,
  PlacePicture,
  ReplacedAssets,
  ReplaceInCampaigns,
} from '#contracts';
import type { CampaignId, VendorActor } from '#kernel';
import { replacementView } from '../assets/assets.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** Pictures of the library in campaigns. */
@ApiTags('assets')
@Controller('api/v1')
export class LibraryPicturesController {
  constructor(
    private readonly pictures: LibraryPictures,
    private readonly assets: Assets,
  ) {}

  /**
   * The draft gets a copy, so that its package is complete. 412: the file was
   * replaced after the cut was chosen.
   */
  @Summary('Put a cut of a picture of the library into the draft of a campaign')
  @Post('campaigns/:id/draft-files/library-pictures')
  @Allow('campaigns.edit')
  @ResponseBody(PlacedPicture, 201)
  async place(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Body({ schema: PlacePicture }) { assetId, ...cut }: z.output<typeof PlacePicture>,
  ): Promise<PlacedPicture> {
    return this.pictures.place(actor, id, { assetId: assetId as AssetId, ...cut });
  }

  @Summary('Get the asset that a picture of a campaign was copied from')
  @Get('campaigns/:id/draft-files/picture-origin')
  @Allow('campaigns.read')
  @ResponseBody(PictureOrigin)
  async origin(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Query({ schema: PictureOriginQuery }) { path }: z.output<typeof PictureOriginQuery>,
  ): Promise<PictureOrigin> {
    const origin = await this.pictures.originOf(actor, id, path);
    if (origin === null) return { origin: null };
    const { assetId, fileNumber, crop } = origin;
    return { origin: { assetId, fileNumber, crop } };
  }

  @Summary('List the campaigns that have a copy of an asset, and the videos whose poster it is')
  @Get('assets/:id/uses')
  @Allow('campaigns.read')
  @ResponseBody(AssetUses)
  async uses(@CurrentVendor() actor: VendorActor, @IdParam('id') id: AssetId): Promise<AssetUses> {
    const uses = await this.pictures.usesOf(actor, id);
    return {
      videos: await this.assets.videosWithPoster(actor, id),
      items: uses.map(({ campaignId, title, path, number, status, isNewest, isCurrent }) => ({
        campaignId,
        title: { ...title },
        path,
        number,
        status,
        isNewest,
        isCurrent,
      })),
    };
  }

  /**
   * Published versions do not change. Each campaign gets a new draft, or changes
   * among those that are not saved yet; a refused one stays as it is. Campaigns
   * without an earlier file are left out of the answer.
   */
  @Summary('Put the current file of an asset into campaigns that have an earlier one')
  @Post('assets/:id/replacements')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @ResponseBody(ReplacedAssets)
  async replace(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: AssetId,
    @Body({ schema: ReplaceInCampaigns }) { campaignIds }: z.output<typeof ReplaceInCampaigns>,
  ): Promise<ReplacedAssets> {
    return { items: (await this.pictures.replaceIn(actor, id, campaignIds)).map(replacementView) };
  }
}
