import type { LaunchExclusion } from '#contacts';
import type { CampaignId, ContactId, PartnerActor, PartnerId } from '#kernel';
import type { SequenceDefinition } from '#sequencing';

/**
 * What a partner's campaigns have done with contacts so far. The module that
 * knows enrolments provides it.
 */
export abstract class ReachedBefore {
  /**
   * Contacts that a launch leaves out, and why: the campaign reached them before,
   * in any version and activation, or the partner is in a conversation with them.
   * @param sequence of the campaign: it may say that a conversation does not
   *   matter.
   */
  abstract excludedAmong(
    actor: PartnerActor,
    partnerId: PartnerId,
    campaign: { readonly campaignId: CampaignId; readonly sequence: SequenceDefinition },
    contactIds: readonly ContactId[],
    now: Date,
  ): Promise<ReadonlyMap<ContactId, LaunchExclusion>>;

  /** How many of the contacts wait in a running campaign of the partner. */
  abstract countInCampaigns(actor: PartnerActor, contactIds: readonly ContactId[]): Promise<number>;
}
