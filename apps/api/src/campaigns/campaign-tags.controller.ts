import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CampaignTags } from '#campaigns';
import { CampaignDetail, CampaignTags as CampaignTagsView, TagCampaign } from '#contracts';
import type { CampaignId, VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { CampaignDetails } from './campaign-details.service.js';

/** A vendor's own words for its campaigns. Partners do not see them. */
@ApiTags('campaigns')
@Controller('api/v1')
export class CampaignTagsController {
  constructor(
    private readonly tags: CampaignTags,
    private readonly details: CampaignDetails,
  ) {}

  @Summary('List the tags of your campaigns')
  @Get('campaign-tags')
  @Allow('campaigns.read')
  @ResponseBody(CampaignTagsView)
  async list(@CurrentVendor() actor: VendorActor): Promise<z.output<typeof CampaignTagsView>> {
    return { items: await this.tags.list(actor) };
  }

  @Summary('Add tags to a campaign, and remove others')
  @Patch('campaigns/:id/tags')
  @Allow('campaigns.edit')
  @ResponseBody(CampaignDetail)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Body({ schema: TagCampaign }) change: z.output<typeof TagCampaign>,
  ): Promise<CampaignDetail> {
    await this.tags.change(actor, id, change);
    return this.details.get(actor, id);
  }
}
