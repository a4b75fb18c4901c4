import { Injectable } from '@nestjs/common';
import { recallOf, RecallsInForce } from '#campaigns';
import { type CompiledCampaign, sentEmails } from '#content';
import type { CampaignVersionId, PartnerActor } from '#kernel';
import type { Personal } from '#rendering';
import type { Activation } from '../activation.js';
import type { SlotTexts } from '../branding/slot-texts.js';
import { OfferPreviews } from '../offers/offer-previews.service.js';

/** A version with the values that a partner has, had or would have in it. */
export interface VersionWithValues {
  readonly compiled: CompiledCampaign;
  readonly versionId: CampaignVersionId;
  readonly slots: SlotTexts;
}

/** E-mails of an activation in one of two versions, for a sample recipient. */
@Injectable()
export class UpdatePreviews {
  constructor(
    private readonly previews: OfferPreviews,
    private readonly recalls: RecallsInForce,
  ) {}

  /** Null: no step of that version sends the e-mail, or it is recalled there. */
  async show(
    actor: PartnerActor,
    { locale, partnerId }: Pick<Activation, 'locale' | 'partnerId'>,
    { compiled, versionId, slots }: VersionWithValues,
    key: string,
  ): Promise<Personal | null> {
    const content = { kind: 'email', key, locale } as const;
    const recalls = await this.recalls.ofVersion(actor, versionId, partnerId);
    const isShown =
      sentEmails(compiled).some((email) => email.key === key) &&
      recallOf(recalls, { ...content, hasBegun: false }) === null;
    return isShown ? this.previews.previewOf(actor, { compiled, recalls }, { ...content, recipient: {}, slots }) : null;
  }
}
