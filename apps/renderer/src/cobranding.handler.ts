import { Injectable } from '@nestjs/common';
import type { ArtworkType } from '#contracts';
import { COBRAND_ASSETS, COBRAND_PREVIEW, Cobranding, type SlotWords } from '#activations';
import { Handles } from '#jobs';
import type { ActivationId, CampaignVersionId, Locale, PartnerId } from '#kernel';

@Injectable()
export class CobrandingHandler {
  constructor(private readonly cobranding: Cobranding) {}

  @Handles(COBRAND_ASSETS)
  async assets(data: { activationId: string; partnerId: string }): Promise<void> {
    await this.cobranding.makeAssets(data.activationId as ActivationId, data.partnerId as PartnerId);
  }

  @Handles(COBRAND_PREVIEW)
  async preview({
    partnerId,
    versionId,
    slots,
    locale,
    ...shown
  }: {
    partnerId: string;
    versionId: string;
    kind: ArtworkType;
    key: string;
    format: string;
    locale: string;
    slots: SlotWords;
  }): Promise<{ file: string }> {
    const request = { ...shown, locale: locale as Locale };
    return {
      file: await this.cobranding.preview(partnerId as PartnerId, versionId as CampaignVersionId, request, slots),
    };
  }
}
