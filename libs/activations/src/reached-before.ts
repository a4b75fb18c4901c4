import type { CampaignId, ContactId, PartnerActor, PartnerId } from '#kernel';

/**
 * Contacts that a partner's campaign reached before, in any version and
 * activation. The module that knows enrolments provides it.
 */
export abstract class ReachedBefore {
  abstract reachedAmong(
    actor: PartnerActor,
    partnerId: PartnerId,
    campaignId: CampaignId,
    contactIds: readonly ContactId[],
    /** What they got before this does not count; null: all does. */
    reenrolmentCutoff: Date | null,
  ): Promise<ReadonlySet<ContactId>>;
}
