import { Injectable } from '@nestjs/common';
import { COBRAND_ASSETS, COBRAND_PREVIEW, Cobranding } from '#activations';
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
  async preview(data: {
    partnerId: string;
    versionId: string;
    kind: 'document' | 'social';
    key: string;
    format: string;
    locale: string;
  }): Promise<{ blobHash: string }> {
    const { kind, key, format } = data;
    return {
      blobHash: await this.cobranding.preview(data.partnerId as PartnerId, data.versionId as CampaignVersionId, {
        kind,
        key,
        format,
        locale: data.locale as Locale,
      }),
    };
  }
}
