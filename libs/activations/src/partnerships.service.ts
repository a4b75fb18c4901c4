import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import { type MembershipId, type PartnerId, systemActor, type VendorActor, type VendorId } from '#kernel';
import { type Membership, Memberships } from '#organisations';
import { ActivationControl } from './activation-control.service.js';
import { PARTNERSHIP_ENDED } from './activations.jobs.js';
import { CampaignEndMail } from './news/campaign-end-mail.service.js';

/** Ends what a vendor and a partner do together, and begins it again. */
@Injectable()
export class Partnerships {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly memberships: Memberships,
    private readonly control: ActivationControl,
    private readonly mail: CampaignEndMail,
    private readonly gate: ReleaseGate,
  ) {}

  /**
   * The partner can launch nothing of the vendor from now on. From the return of
   * this method on no message of its campaigns of the vendor goes out: each
   * release reads the membership. A job stops them, and tells the partner. Its contacts and leads stay
   * its own, and its results stay.
   * @param reason what the partner is told.
   * @throws DomainError `partner.not-found`, `membership.not-active`.
   */
  async end(actor: VendorActor, partnerId: PartnerId, reason: string): Promise<Membership> {
    requirePermission(actor, 'partners.edit');
    const membership = await this.database.inTransaction(actor, async () => {
      // Releases that have begun come before, later ones read the end.
      await this.gate.closeForPartner(partnerId);
      const ended = await this.memberships.end(actor, partnerId, reason);
      await this.jobs.enqueue(PARTNERSHIP_ENDED, { membershipId: ended.id, partnerId, vendorId: actor.vendorId });
      return ended;
    });
    await this.control.waitForSubmissions(partnerId, actor.vendorId);
    return membership;
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
