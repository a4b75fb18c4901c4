import { Injectable } from '@nestjs/common';
import { type Audience, type OnRecipients, SendPolicy } from '#contacts';
import { Clock, type ContactId, type ContactListId, type PartnerActor } from '#kernel';
import type { Offer } from './offers.service.js';
import { ReachedBefore } from '../reached-before.js';

/** Below this number of contacts, `contact-policy` is not shown as a number. */
const POLICY_SUM = 20;

/** An audience, and what the partner should know before a launch to it. */
export interface OfferedAudience extends Audience {
  /** Recipients who wait in another running campaign of the partner. */
  readonly inOtherCampaign: number;
  /** Recipients whose known language the campaign does not have. */
  readonly otherLanguage: number;
}

/** Which contacts of a list an offer would reach. */
@Injectable()
export class OfferAudience {
  constructor(
    private readonly policy: SendPolicy,
    private readonly reached: ReachedBefore,
    private readonly clock: Clock,
  ) {}

  /**
   * Recipients of a list now, and why the others are skipped, in batches.
   * `contact-policy` is told in multiples of 20; the rest counts as recipients.
   * A list of one address would tell what the person told another party.
   * @param of where the batch begins; null: at the start.
   */
  async count(
    actor: PartnerActor,
    { version, compiled }: Offer,
    of: { readonly listId: ContactListId; readonly after: ContactId | null },
  ): Promise<OfferedAudience> {
    const now = this.clock.now();
    const { sequence, locales } = compiled.definition;
    const campaign = { campaignId: version.campaignId, sequence };
    const languages = new Set(locales.map(languageOf));
    let [inOtherCampaign, otherLanguage] = [0, 0];
    const countNotes: OnRecipients = async (page) => {
      inOtherCampaign += await this.reached.countInCampaigns(
        actor,
        page.map(({ id }) => id),
      );
      otherLanguage += page.filter(({ language }) => language !== null && !languages.has(languageOf(language))).length;
    };
    const exact = await this.policy.audience(
      actor,
      version.vendorId,
      of.listId,
      now,
      (ids) => this.reached.excludedAmong(actor, actor.partnerId, campaign, ids, now),
      of.after,
      countNotes,
    );
    const { total, willGet, skipped, nextAfter } = withPolicyInSums(exact);
    return { total, willGet, skipped, nextAfter, inOtherCampaign, otherLanguage };
  }
}

/** The language of a tag, without script and region. */
const languageOf = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? '';

function withPolicyInSums(audience: Audience): Audience {
  const policy = audience.skipped.find(({ reason }) => reason === 'contact-policy')?.count ?? 0;
  const untold = policy % POLICY_SUM;
  return {
    ...audience,
    willGet: audience.willGet + untold,
    skipped: audience.skipped
      .map(({ reason, count }) => ({ reason, count: reason === 'contact-policy' ? count - untold : count }))
      .filter(({ count }) => count > 0),
  };
}
