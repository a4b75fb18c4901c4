import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AssetRecalls } from '#activations';
import type { AssetId } from '#assets';
import { RecallAsset, RecalledAsset } from '#contracts';
import type { VendorActor } from '#kernel';
import { Allow, Confirmed, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';

/** Recalls of assets of the library. */
@ApiTags('assets')
@Controller('api/v1/assets/:id')
export class AssetRecallsController {
  constructor(private readonly recalls: AssetRecalls) {}

  /** From the answer on nothing that shows it is sent, shown or offered to download. */
  @Summary('Recall an asset: in every campaign that shows it, and from the library of partners')
  @Confirmed()
  @Post('recall')
  @HttpCode(200)
  @Allow('campaigns.retire')
  @ResponseBody(RecalledAsset)
  async recall(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: AssetId,
    @Body({ schema: RecallAsset }) { reason }: z.output<typeof RecallAsset>,
  ): Promise<RecalledAsset> {
    const { recalls, isWithdrawn } = await this.recalls.recall(actor, id, reason);
    return { recalls: recalls.map((one) => ({ id: one.id, campaignId: one.campaignId })), isWithdrawn };
  }
}
