import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CampaignCopies } from '#campaigns';
import { CampaignTemplates, CampaignVersionCard, CopyCampaign } from '#contracts';
import { Clock, type VendorActor } from '#kernel';
import { campaignTemplate, campaignVersionCard } from './campaigns.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** New campaigns with the content of a template or of another campaign. */
@ApiTags('campaigns')
@Controller('api/v1')
export class CampaignCopiesController {
  constructor(
    private readonly copies: CampaignCopies,
    private readonly clock: Clock,
  ) {}

  @Summary('List the campaign templates that ship with the product')
  @Get('campaign-templates')
  @Allow('campaigns.read')
  @ResponseBody(CampaignTemplates)
  async templates(@CurrentVendor() actor: VendorActor): Promise<CampaignTemplates> {
    return { items: (await this.copies.templates(actor)).map(campaignTemplate) };
  }

  /**
   * A draft of a new campaign, with the content of a template or of a version
   * of yours.
   */
  @Summary('Create a campaign from a template or from a version of one of your campaigns')
  @Post('campaign-copies')
  @Allow('campaigns.edit')
  @ResponseBody(CampaignVersionCard, 201)
  async copy(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: CopyCampaign }) { from, title }: z.output<typeof CopyCampaign>,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(await this.copies.copy(actor, from, title), this.clock.now());
  }
}
