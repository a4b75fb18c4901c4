import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { type AssetId, AssetSharing } from '#assets';
import { LibraryAsset, ShareAsset, WithdrawAsset } from '#contracts';
import { Clock, type VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { libraryAssetView } from './assets.view.js';

/** Offers assets to partners without a campaign. */
@ApiTags('assets')
@Controller('api/v1/assets/:id')
export class AssetSharingController {
  constructor(
    private readonly sharing: AssetSharing,
    private readonly clock: Clock,
  ) {}

  /** Also shares one again that was withdrawn, or changes groups and dates. */
  @Summary('Share an asset with partners for a period')
  @Put('share')
  @Allow('assets.edit')
  @ResponseBody(LibraryAsset)
  async share(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: AssetId,
    @Body({ schema: ShareAsset }) body: z.output<typeof ShareAsset>,
  ): Promise<LibraryAsset> {
    const share = { ...body, forEveryone: body.partnerGroupIds.length === 0 };
    return libraryAssetView(await this.sharing.share(actor, id, share), this.clock.now());
  }

  @Summary('Withdraw an asset from partners, with a reason that they read')
  @Post('withdrawal')
  @HttpCode(200)
  @Allow('assets.edit')
  @ResponseBody(LibraryAsset)
  async withdraw(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: AssetId,
    @Body({ schema: WithdrawAsset }) { reason }: z.output<typeof WithdrawAsset>,
  ): Promise<LibraryAsset> {
    return libraryAssetView(await this.sharing.withdraw(actor, id, reason), this.clock.now());
  }
}
