import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { SlotPositions } from '#activations';
import { OfferSlotPositions } from '#contracts';
import type { CampaignVersionId, PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

const InLocale = z.object({ locale: z.string().max(20).optional() });

/** Positions of a partner's texts in documents and pictures. */
@Controller('api/v1')
export class SlotPositionsController {
  constructor(private readonly places: SlotPositions) {}

  @Summary(
    'Get the positions of editable texts: in points from the lower left of a document page, in pixels from the upper left of an image',
  )
  @Allow('offers.read')
  @Get('offers/:versionId/places')
  @ResponseBody(OfferSlotPositions)
  async one(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('versionId') versionId: CampaignVersionId,
    @Query({ schema: InLocale }) { locale }: z.output<typeof InLocale>,
  ): Promise<OfferSlotPositions> {
    const { documents, pictures } = await this.places.forVersion(actor, versionId, locale ?? null);
    return {
      documents: documents.map(({ key, slots }) => ({
        key,
        slots: slots.map(({ slot, page, box }) => ({ slot, page, ...box })),
      })),
      pictures: pictures.map(({ slots, ...picture }) => ({
        ...picture,
        slots: slots.map(({ slot, box }) => ({ slot, ...box })),
      })),
    };
  }
}
