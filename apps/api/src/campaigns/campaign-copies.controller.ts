import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CampaignCopies, ShippedPreviews } from '#campaigns';
import {
  CampaignLayoutContent,
  CampaignLayouts,
  CampaignTemplates,
  CampaignVersionCard,
  CopyCampaign,
  ShippedPreview,
} from '#contracts';
import { Clock, type VendorActor } from '#kernel';
import { campaignLayout, campaignLayoutContent, campaignTemplate, campaignVersionCard } from './campaigns.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

const Name = z.string().min(1).max(60);
/** The nearest language that the product ships is shown. */
const PreviewLanguage = z.object({ locale: z.string().min(1).max(35).default('en') });

/** New campaigns with the content of a template, a layout or another campaign. */
@ApiTags('campaigns')
@Controller('api/v1')
export class CampaignCopiesController {
  constructor(
    private readonly copies: CampaignCopies,
    private readonly previews: ShippedPreviews,
    private readonly clock: Clock,
  ) {}

  @Summary('List the campaign templates that ship with the product')
  @Get('campaign-templates')
  @Allow('campaigns.read')
  @ResponseBody(CampaignTemplates)
  async templates(@CurrentVendor() actor: VendorActor): Promise<CampaignTemplates> {
    return { items: (await this.copies.templates(actor)).map(campaignTemplate) };
  }

  @Summary('Preview the first e-mail of a campaign template')
  @Get('campaign-templates/:name/preview')
  @Allow('campaigns.read')
  @ResponseBody(ShippedPreview)
  async templatePreview(
    @CurrentVendor() actor: VendorActor,
    @Param('name', { schema: Name }) name: string,
    @Query({ schema: PreviewLanguage }) { locale }: z.output<typeof PreviewLanguage>,
  ): Promise<ShippedPreview> {
    return { html: await this.previews.html(actor, 'template', name, locale) };
  }

  @Summary('List the layouts of e-mails and pages that ship with the product')
  @Get('campaign-layouts')
  @Allow('campaigns.read')
  @ResponseBody(CampaignLayouts)
  async layouts(@CurrentVendor() actor: VendorActor): Promise<CampaignLayouts> {
    return { items: (await this.copies.layouts(actor)).map(campaignLayout) };
  }

  @Summary('Get a layout with its template, texts and pictures')
  @Get('campaign-layouts/:name')
  @Allow('campaigns.read')
  @ResponseBody(CampaignLayoutContent)
  async layout(
    @CurrentVendor() actor: VendorActor,
    @Param('name', { schema: Name }) name: string,
  ): Promise<CampaignLayoutContent> {
    return campaignLayoutContent(await this.copies.layout(actor, name));
  }

  @Summary('Preview a layout')
  @Get('campaign-layouts/:name/preview')
  @Allow('campaigns.read')
  @ResponseBody(ShippedPreview)
  async layoutPreview(
    @CurrentVendor() actor: VendorActor,
    @Param('name', { schema: Name }) name: string,
    @Query({ schema: PreviewLanguage }) { locale }: z.output<typeof PreviewLanguage>,
  ): Promise<ShippedPreview> {
    return { html: await this.previews.html(actor, 'layout', name, locale) };
  }

  /**
   * A draft of a new campaign, with the content of a template, of a layout or
   * of a version of yours.
   */
  @Summary('Create a campaign from a template, a layout or a version of one of your campaigns')
  @Post('campaign-copies')
  @Allow('campaigns.edit')
  @ResponseBody(CampaignVersionCard, 201)
  async copy(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: CopyCampaign }) { from, ...wanted }: z.output<typeof CopyCampaign>,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(await this.copies.copy(actor, from, wanted), this.clock.now());
  }
}
