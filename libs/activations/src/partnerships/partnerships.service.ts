import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import {
  type Actor,
  Clock,
  type PartnerActor,
  type PartnerId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { type DueEnd, type EndWish, type Membership, MembershipEnds, type Pair, plannedEnd } from '#organisations';
import { ActivationControl } from '../activation-control.service.js';
import { PARTNERSHIP_CHANGED } from '../activations.jobs.js';
import { PartnershipMail } from './partnership-mail.service.js';

/** Ends of one transaction. */
const DUE = 100;

/** Ends what a vendor and a partner do together, and begins it again. */
@Injectable()
export class Partnerships {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly ends: MembershipEnds,
    private readonly control: ActivationControl,
    private readonly mail: PartnershipMail,
    private readonly gate: ReleaseGate,
  ) {}

  /**
   * Ends the partnership at once, or announces its last day. If its campaigns
   * stop now, no message of them goes out from the return of this method on:
   * each release reads the membership. A job stops them, and tells the partner.
   * Its contacts and leads stay its own, and its results stay.
   * @throws DomainError as `plannedEnd` and `MembershipEnds.announce`.
   */
  async end(actor: VendorActor, partnerId: PartnerId, wish: EndWish): Promise<Membership> {
    requirePermission(actor, 'partners.edit');
    return this.announce(actor, actor, { partnerId, vendorId: actor.vendorId }, wish);
  }

  /** The partner leaves the programme of a vendor, as `end`. The vendor's owners are told. */
  async leave(actor: PartnerActor, vendorId: VendorId, wish: EndWish): Promise<Membership> {
    requirePermission(actor, 'membership.end');
    return this.announce(actor, processFor(actor.partnerId), { partnerId: actor.partnerId, vendorId }, wish);
  }

  /**
   * Takes back the end of a partnership: the partner is in the programme as
   * before. What was stopped stays stopped.
   * @throws DomainError as `MembershipEnds.takeBack`.
   */
  async reinstate(actor: VendorActor, partnerId: PartnerId): Promise<Membership> {
    requirePermission(actor, 'partners.edit');
    return this.takeBack(actor, actor, { partnerId, vendorId: actor.vendorId });
  }

  /**
   * The partner takes back an end that it has announced, until its last day is
   * over, or comes back once the vendor lets it.
   */
  async stay(actor: PartnerActor, vendorId: VendorId): Promise<Membership> {
    requirePermission(actor, 'membership.end');
    return this.takeBack(actor, processFor(actor.partnerId), { partnerId: actor.partnerId, vendorId });
  }

  /**
   * Ends memberships whose last day is over.
   * @returns whether there may be more.
   */
  async endDue(): Promise<boolean> {
    return this.database.inTransaction(systemActor('partnerships'), async () => {
      const due = await this.ends.claimDue(DUE);
      for (const one of due) await this.jobs.enqueue(PARTNERSHIP_CHANGED, one);
      return due.length === DUE;
    });
  }

  /**
   * Ends every partnership of an organisation that is being deleted, now. When
   * it returns, nothing of their campaigns is being submitted. Idempotent.
   */
  async endAllOf(side: 'vendor' | 'partner', organisationId: PartnerId | VendorId, reason: string): Promise<void> {
    const actor =
      side === 'partner'
        ? processFor(organisationId as PartnerId)
        : systemActor('partnerships', { vendorId: organisationId as VendorId });
    const ended = await this.database.inTransaction(actor, async () => {
      if (side === 'partner') await this.gate.closeForPartner(organisationId as PartnerId);
      else await this.gate.close();
      const memberships = await this.ends.endAllOf(actor, side, organisationId, reason);
      for (const one of memberships) await this.jobs.enqueue(PARTNERSHIP_CHANGED, one);
      return memberships;
    });
    // The jobs would do, but what follows is simpler if nothing runs any more.
    for (const one of ended) await this.carryOut(one);
    await this.gate.waitForSubmissions(
      side === 'partner' ? { partnerId: organisationId as PartnerId } : { vendorId: organisationId as VendorId },
    );
  }

  /**
   * Tells the other side once, and stops what runs if its time is over. It is
   * told first: if the end is taken back meanwhile, it knows why campaigns have
   * stopped.
   */
  async carryOut({ membershipId, ...pair }: DueEnd): Promise<void> {
    const actor = processFor(pair.partnerId);
    const isOver = await this.database.inTransaction(actor, async () => {
      await this.ends.awaitLaunches(pair);
      const news = await this.ends.claimNews(membershipId);
      if (news !== null) await this.mail.post(actor, pair, news);
      return this.ends.mustStop(membershipId);
    });
    if (!isOver) return;
    await this.control.stopPartnership(pair.partnerId, pair.vendorId, () => this.ends.mustStop(membershipId));
  }

  /** @param scope of the transaction: a partner cannot change a membership, which is the vendor's row. */
  private async announce(
    actor: VendorActor | PartnerActor,
    scope: Actor,
    pair: Pair,
    wish: EndWish,
  ): Promise<Membership> {
    const now = this.clock.now();
    const end = plannedEnd(wish, now);
    const membership = await this.database.inTransaction(scope, async () => {
      // Releases that have begun come before, later ones read the end.
      await this.gate.closeForPartner(pair.partnerId);
      const ended = await this.ends.announce(actor, pair, end);
      await this.jobs.enqueue(PARTNERSHIP_CHANGED, { membershipId: ended.id, ...pair });
      return ended;
    });
    // Not by activation: the job may have stopped them already.
    if (end.campaignsEndAt <= now) await this.gate.waitForSubmissions(pair);
    return membership;
  }

  private async takeBack(actor: VendorActor | PartnerActor, scope: Actor, pair: Pair): Promise<Membership> {
    return this.database.inTransaction(scope, async () => {
      const membership = await this.ends.takeBack(actor, pair);
      await this.jobs.enqueue(PARTNERSHIP_CHANGED, { membershipId: membership.id, ...pair });
      return membership;
    });
  }
}

const processFor = (partnerId: PartnerId) => systemActor('partnerships', { partnerId });
