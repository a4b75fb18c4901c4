import { Injectable } from '@nestjs/common';
import { type AlreadyReached, type Audience, SendPolicy } from '#contacts';
import { Clock, type ContactId, type ContactListId, type PartnerActor } from '#kernel';
import { reenrolmentCutoff } from '#sequencing';
import type { Offer } from './offers.service.js';
import { ReachedBefore } from '../reached-before.js';

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
    return this.policy.audience(actor, version.vendorId, of.listId, now, whoGotIt, of.after);
  }
}
