import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import { type MembershipId, type PartnerId, systemActor, type VendorActor, type VendorId } from '#kernel';
import { type Membership, Memberships } from '#organisations';
import { ActivationControl } from './activation-control.service.js';
import { PARTNERSHIP_ENDED } from './activations.jobs.js';
import { CampaignNewsMail } from './news/campaign-news-mail.service.js';

/** Ends what a vendor and a partner do together, and begins it again. */
@Injectable()
export class Partnerships {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly memberships: Memberships,
    private readonly control: ActivationControl,
    private readonly mail: CampaignNewsMail,
  ) {}

  /**
   * The partner can launch nothing of the vendor from now on. Its running
   * campaigns of the vendor stop, and it is told. Its contacts and leads stay
   * its own, and its results stay.
   * @param reason what the partner is told.
   * @throws DomainError `partner.not-found`, `membership.not-active`.
   */
  async end(actor: VendorActor, partnerId: PartnerId, reason: string): Promise<Membership> {
    requirePermission(actor, 'partners.edit');
    return this.database.inTransaction(actor, async () => {
      const ended = await this.memberships.end(actor, partnerId, reason);
      await this.jobs.enqueue(PARTNERSHIP_ENDED, { membershipId: ended.id, partnerId, vendorId: actor.vendorId });
      return ended;
    });
  }

  /**
   * The partner is in the programme as before. What was stopped stays stopped.
   * @throws DomainError `partner.not-found`, `membership.not-ended`.
   */
  async reinstate(actor: VendorActor, partnerId: PartnerId): Promise<Membership> {
    requirePermission(actor, 'partners.edit');
    return this.memberships.reinstate(actor, partnerId);
  }

  /**
   * Tells the partner once, and stops what runs. Nothing if it was reinstated.
   * It is told first: if it is reinstated meanwhile, it knows why campaigns
   * have stopped.
   */
  async carryOutEnd(end: {
    readonly membershipId: MembershipId;
    readonly partnerId: PartnerId;
    readonly vendorId: VendorId;
  }): Promise<void> {
    const actor = systemActor('partnerships', { partnerId: end.partnerId });
    await this.database.inTransaction(actor, async () => {
      const untold = await this.memberships.claimEnd(actor, end.membershipId);
      if (untold !== null) await this.mail.postPartnershipEnd(actor, end, untold.reason);
    });
    await this.control.stopPartnership(end.partnerId, end.vendorId, () => this.memberships.hasEnded(end.membershipId));
  }
}
