import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CampaignCopies, type CopySource } from '#campaigns';
import { CampaignTemplates, CampaignVersionCard, CopyCampaign } from '#contracts';
import { type CampaignId, Clock, type VendorActor } from '#kernel';
import { campaignTemplate, campaignVersionCard } from './campaigns.view.js';
import { Answers } from '../http/api-response.js';
import { Allow, CurrentVendor } from '../http/authority.js';

/** Campaigns that begin where another stands. */
@ApiTags('campaigns')
@Controller('api/v1')
export class CampaignCopiesController {
  constructor(
    private readonly copies: CampaignCopies,
    private readonly clock: Clock,
  ) {}

  @Get('campaign-templates')
  @Allow('campaigns.read')
  @Answers(CampaignTemplates)
  async templates(@CurrentVendor() actor: VendorActor): Promise<CampaignTemplates> {
    return { items: (await this.copies.templates(actor)).map(campaignTemplate) };
  }

  /** A draft of a new campaign, with the content of a template or of a version of yours. */
  @Post('campaign-copies')
  @Allow('campaigns.edit')
  @Answers(CampaignVersionCard, 201)
  async copy(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: CopyCampaign }) { from, title }: z.output<typeof CopyCampaign>,
  ): Promise<CampaignVersionCard> {
    const source: CopySource = 'template' in from ? from : { ...from, campaignId: from.campaignId as CampaignId };
    return campaignVersionCard(await this.copies.copy(actor, source, title), this.clock.now());
  }
}
