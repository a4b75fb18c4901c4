import { Injectable } from '@nestjs/common';
import { type AlreadyReached, type Audience, SendPolicy } from '#contacts';
import { Clock, type ContactId, type ContactListId, type PartnerActor } from '#kernel';
import { reenrolmentCutoff } from '#sequencing';
import type { Offer } from './offers.service.js';
import { ReachedBefore } from '../reached-before.js';

/** Below this number of contacts, `contact-policy` is not shown as a number. */
const POLICY_SUM = 20;

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
  ): Promise<Audience> {
    const now = this.clock.now();
    const forgotten = reenrolmentCutoff(compiled.definition.sequence, now);
    const whoGotIt: AlreadyReached = (ids) =>
      this.reached.reachedAmong(actor, actor.partnerId, version.campaignId, ids, forgotten);
    const exact = await this.policy.audience(actor, version.vendorId, of.listId, now, whoGotIt, of.after);
    return withPolicyInSums(exact);
  }
}

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
