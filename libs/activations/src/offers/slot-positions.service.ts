import { Injectable } from '@nestjs/common';
import { type SlotOnPage, slotsOnPages, slotsOnPicture } from '#artwork';
import { type CompiledCampaign, SOCIAL_FORMATS } from '#content';
import type { CampaignVersionId, Locale, PartnerActor } from '#kernel';
import { BlobStore } from '#storage';
import { localeOf } from './offer-previews.service.js';
import { Offers } from './offers.service.js';

type SlotsOnPicture = ReturnType<typeof slotsOnPicture>;

/**
 * Positions of the partner's texts on a campaign's documents and pictures, in
 * one language.
 */
export interface OfferSlotPositions {
  readonly documents: readonly { readonly key: string; readonly slots: readonly SlotOnPage[] }[];
  /** Each post in each format. */
  readonly pictures: readonly (SlotsOnPicture & { readonly key: string; readonly format: string })[];
}

/**
 * Reads slot positions from the prepared documents and pictures, which a launch
 * also uses.
 */
@Injectable()
export class SlotPositions {
  constructor(
    private readonly offers: Offers,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * @param wanted a language; the campaign's first if it lacks that one.
   * @throws DomainError `campaign-version.not-found`.
   */
  async forVersion(
    actor: PartnerActor,
    versionId: CampaignVersionId,
    wanted: string | null,
  ): Promise<OfferSlotPositions> {
    const { compiled } = await this.offers.one(actor, versionId);
    const locale = localeOf(compiled, wanted);
    return { documents: await this.onDocuments(compiled, locale), pictures: await this.onPictures(compiled, locale) };
  }

  private async onDocuments({ documents }: CompiledCampaign, locale: Locale): Promise<OfferSlotPositions['documents']> {
    const found = [];
    for (const { key, prepared } of documents) {
      const hash = prepared[locale];
      if (hash !== undefined) found.push({ key, slots: slotsOnPages(await this.blobs.get(hash)) });
    }
    return found;
  }

  private async onPictures({ social }: CompiledCampaign, locale: Locale): Promise<OfferSlotPositions['pictures']> {
    const found = [];
    // One after the other: the vendor's pixels lie in the same files.
    for (const { key, prepared } of social)
      for (const format of SOCIAL_FORMATS) {
        const hash = prepared[locale]?.[format];
        if (hash !== undefined) found.push({ key, format, ...slotsOnPicture(await this.blobs.get(hash)) });
      }
    return found;
  }
}
