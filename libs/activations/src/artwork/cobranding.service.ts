import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { type ActivationId, type CampaignVersionId, type Id, newId, type PartnerId, systemActor } from '#kernel';
import { BlobStore, TemporaryFiles } from '#storage';
import { ActivationsRepository } from '../activations.repository.js';
import { BrandedArtwork } from './branded-artwork.service.js';
import { type CobrandRequest, cobrandRequests } from './cobrand-request.js';
import { SealedAssets } from '../sealing/sealed-assets.service.js';
import type { SlotTexts } from '../branding/slot-texts.js';

/**
 * Documents and social pictures in a partner's brand.
 * CPU-bound: the renderer does it.
 */
@Injectable()
export class Cobranding {
  constructor(
    private readonly database: Database,
    private readonly repository: ActivationsRepository,
    private readonly artwork: BrandedArtwork,
    private readonly seals: SealedAssets,
    private readonly blobs: BlobStore,
    private readonly temporary: TemporaryFiles,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Makes every document and picture of an activation, in all its locales.
   * Idempotent.
   */
  async makeAssets(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('renderer', { partnerId });
    const activation = await this.repository.get(actor, activationId);
    const context = await this.artwork.loadContext(
      actor,
      activation.versionId,
      activation,
      `${this.config.PUBLIC_URL}/p/${activation.slug}`,
    );
    for (const request of cobrandRequests(context.compiled)) {
      const { bytes, mediaType } = await this.artwork.make(context, request, activation);
      const blobHash = await this.blobs.put(bytes);
      const id = newId<Id<'asset'>>();
      const asset = { ...request, ...this.artwork.titleAndText(context, request), id, blobHash, mediaType };
      const receipt = await this.seals.signReceipt(context.version, activation, { ...request, id }, bytes);
      await this.database.inTransaction(actor, async () => {
        if (await this.repository.insertAsset(activation, asset))
          await this.seals.saveReceipt(actor, partnerId, receipt);
      });
    }
  }

  /**
   * One of them before launch, as a temporary file.
   * @param slots the partner's texts in the requested language; others keep the
   *   suggested text.
   */
  async preview(
    partnerId: PartnerId,
    versionId: CampaignVersionId,
    request: CobrandRequest,
    slots: SlotTexts,
  ): Promise<string> {
    const actor = systemActor('renderer', { partnerId });
    const context = await this.artwork.loadContext(
      actor,
      versionId,
      { slots, locale: request.locale },
      `${this.config.PUBLIC_URL}/p/preview`,
    );
    const { bytes } = await this.artwork.make(context, request, null);
    return this.temporary.save(bytes);
  }
}
