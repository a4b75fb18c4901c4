import { Injectable } from '@nestjs/common';
import type { CampaignId, VendorActor } from '#kernel';
import { DraftFiles } from './draft-files.service.js';
import { TranslationDesk, unreviewedTexts } from './translation-desk.service.js';

/** Makes a draft ready for its submission: changes are applied, texts are reviewed. */
@Injectable()
export class SubmissionChecks {
  constructor(
    private readonly draftFiles: DraftFiles,
    private readonly desk: TranslationDesk,
  ) {}

  /**
   * @throws DomainError `campaign-version.texts-unreviewed` with
   *   `details.languages`; as `DraftFiles.apply`.
   */
  async prepare(actor: VendorActor, campaignId: CampaignId): Promise<void> {
    await this.draftFiles.apply(actor, campaignId);
    const { languages } = await this.desk.show(actor, campaignId);
    const heldBack = languages.filter(({ isHeldBack }) => isHeldBack);
    if (heldBack.length > 0) throw unreviewedTexts(heldBack);
  }
}
