import { Injectable } from '@nestjs/common';
import { type Audience, ContactLists, type LaunchLists, type OnRecipients, SendPolicy } from '#contacts';
import { Clock, type ContactId, type PartnerActor } from '#kernel';
import { holdOutPercentOf } from '#sequencing';
import type { Offer } from './offers.service.js';
import { ReachedBefore } from '../reached-before.js';

/** An audience, and what the partner should know before a launch to it. */
export interface OfferedAudience extends Audience {
  /** Recipients who wait in another running campaign of the partner. */
  readonly inOtherCampaign: number;
  /** Recipients whose known language the campaign does not have. */
  readonly otherLanguage: number;
}

/** Which contacts of some lists an offer would reach. */
@Injectable()
export class OfferAudience {
  constructor(
    private readonly lists: ContactLists,
    private readonly policy: SendPolicy,
    private readonly reached: ReachedBefore,
    private readonly clock: Clock,
  ) {}

  /**
   * Recipients of the lists now, and why the others are skipped, in batches.
   * Contacts that told another party to stop count as recipients: an answer
   * about one address would tell it. The hand-over leaves them out.
   * @param of where the batch begins; null: at the start.
   */
  async count(
    actor: PartnerActor,
    { version, compiled }: Offer,
    of: {
      readonly lists: LaunchLists;
      readonly withoutHoldOut: boolean;
      readonly after: ContactId | null;
    },
  ): Promise<OfferedAudience> {
    const now = this.clock.now();
    const { sequence, locales } = compiled.definition;
    const campaign = {
      campaignId: version.campaignId,
      sequence,
      exclude: of.lists.exclude,
      holdOutPercent: holdOutPercentOf(sequence, of),
    };
    await this.lists.requireLists(actor, of.lists.exclude);
    const languages = new Set(locales.map(languageOf));
    let [inOtherCampaign, otherLanguage] = [0, 0];
    const countNotes: OnRecipients = async (page) => {
      inOtherCampaign += await this.reached.countInCampaigns(
        actor,
        page.map(({ id }) => id),
      );
      otherLanguage += page.filter(({ language }) => language !== null && !languages.has(languageOf(language))).length;
    };
    const { total, willGet, skipped, nextAfter } = await this.policy.audience(
      actor,
      of.lists.include,
      now,
      (ids) => this.reached.excludedAmong(actor, actor.partnerId, campaign, ids, now),
      of.after,
      countNotes,
    );
    return { total, willGet, skipped, nextAfter, inOtherCampaign, otherLanguage };
  }
}

/** The language of a tag, without script and region. */
const languageOf = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? '';
