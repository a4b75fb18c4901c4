import type { LaunchExclusion, LaunchLists } from '#contacts';
import type { CampaignId, ContactId, PartnerActor, PartnerId } from '#kernel';
import type { SequenceDefinition } from '#sequencing';

/** What decides whom a launch leaves out. */
export interface LaunchedCampaign {
  readonly campaignId: CampaignId;
  /** It may say that a conversation does not matter. */
  readonly sequence: SequenceDefinition;
  /** The share that gets nothing, see `holdOutPercentOf`. */
  readonly holdOutPercent: number;
  /** The lists whose contacts do not enter. */
  readonly exclude: LaunchLists['exclude'];
}

/**
 * What a partner's campaigns have done with contacts so far. The module that
 * knows enrolments provides it.
 */
export abstract class ReachedBefore {
  /**
   * Contacts that a launch leaves out, and why: the campaign reached them before,
   * in any version and activation, a list says so, or the partner is in a
   * conversation with them.
   */
  abstract excludedAmong(
    actor: PartnerActor,
    partnerId: PartnerId,
    campaign: LaunchedCampaign,
    contactIds: readonly ContactId[],
    now: Date,
  ): Promise<ReadonlyMap<ContactId, LaunchExclusion>>;

  /** How many of the contacts wait in a running campaign of the partner. */
  abstract countInCampaigns(actor: PartnerActor, contactIds: readonly ContactId[]): Promise<number>;
}
