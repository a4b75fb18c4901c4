import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CampaignArchive, CampaignPublication } from '#campaigns';
import { CampaignDetail, RetireCampaign } from '#contracts';
import type { CampaignId, VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam, VersionNumber } from '../http/path-parameters.js';
import { CampaignDetails } from './campaign-details.service.js';

/** How a campaign ends: launches, everything, its place in the list. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id')
export class CampaignEndsController {
  constructor(
    private readonly publication: CampaignPublication,
    private readonly archive: CampaignArchive,
    private readonly details: CampaignDetails,
  ) {}

  @Summary('Stop new launches of a campaign. Running activations continue')
  @Post('stop-launches')
  @HttpCode(200)
  @Allow('campaigns.retire')
  @ResponseBody(CampaignDetail)
  async stopLaunches(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<CampaignDetail> {
    await this.publication.setLaunches(actor, id, 'stopped');
    return this.details.get(actor, id);
  }

  @Summary('Allow launches of a campaign again, within its launch period')
  @Post('allow-launches')
  @HttpCode(200)
  @Allow('campaigns.retire')
  @ResponseBody(CampaignDetail)
  async allowLaunches(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<CampaignDetail> {
    await this.publication.setLaunches(actor, id, 'allowed');
    return this.details.get(actor, id);
  }

  /**
   * Ends every published version: no new launches, activations stop, and
   * partners can no longer download its documents, pictures and post texts.
   */
  @Summary('Retire a campaign: all its activations stop for good, and partners are told')
  @Post('retire')
  @HttpCode(200)
  @Allow('campaigns.retire')
  @ResponseBody(CampaignDetail)
  async retire(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Body({ schema: RetireCampaign }) { reason }: z.output<typeof RetireCampaign>,
  ): Promise<CampaignDetail> {
    await this.publication.retire(actor, id, reason ?? null);
    return this.details.get(actor, id);
  }

  @Summary('Archive a campaign that is over: the list no longer shows it')
  @Post('archive')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @ResponseBody(CampaignDetail)
  async toArchive(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<CampaignDetail> {
    await this.archive.setArchived(actor, id, true);
    return this.details.get(actor, id);
  }

  @Summary('Restore an archived campaign')
  @Post('restore')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @ResponseBody(CampaignDetail)
  async restore(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<CampaignDetail> {
    await this.archive.setArchived(actor, id, false);
    return this.details.get(actor, id);
  }

  /** The campaign is deleted, too, if it has no other version. */
  @Summary('Delete a draft, and its campaign if it has no other version')
  @Delete('versions/:number')
  @HttpCode(204)
  @Allow('campaigns.edit')
  async deleteDraft(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<void> {
    await this.archive.deleteDraft(actor, id, number);
  }
}
