import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { SlotDraftTexts } from '#activations';
import { SaveSlotTexts, SlotTextsView } from '#contracts';
import type { CampaignVersionId, PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

const LocaleParam = z.string().min(2).max(35);

/** A partner's own texts of a campaign before its launch. */
@ApiTags('offers')
@Controller('api/v1/offers/:versionId/texts')
export class SlotTextsController {
  constructor(private readonly drafts: SlotDraftTexts) {}

  @Summary('Get your own texts of a campaign, by language, as stored before its launch')
  @Get()
  @Allow('offers.read')
  @ResponseBody(SlotTextsView)
  async all(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
  ): Promise<SlotTextsView> {
    return { texts: { ...(await this.drafts.get(actor, versionId)) } };
  }

  @Summary('Store your own texts of a campaign in one language. Slots that are left out stay as they are')
  @Put(':locale')
  @Allow('activations.launch')
  @ResponseBody(SlotTextsView)
  async save(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Param('locale', { schema: LocaleParam }) locale: string,
    @Body({ schema: SaveSlotTexts }) { texts }: z.output<typeof SaveSlotTexts>,
  ): Promise<SlotTextsView> {
    return { texts: { ...(await this.drafts.save(actor, versionId, locale, texts)) } };
  }
}
