import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  Clock,
  DomainError,
  type MembershipId,
  notFound,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { announcedEnd, type Membership, type MembershipSide } from './membership.js';
import { lastDayBefore, type PlannedEnd } from './membership-end.js';
import { endOf, MEMBERSHIP, MEMBERSHIP_SOURCE, Memberships } from './memberships.service.js';

/** A membership by its two sides. */
export interface Pair {
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
}

/** What the other side has to be told of a membership. */
export type EndNews =
  | {
      readonly kind: 'end';
      readonly by: MembershipSide;
      readonly reason: string;
      readonly endsAt: Date;
      readonly campaignsEndAt: Date;
    }
  | { readonly kind: 'withdrawal'; readonly by: MembershipSide }
  | { readonly kind: 'return-offer'; readonly by: 'vendor' };

/** A membership whose end, or that of its campaigns, has come. */
export interface DueEnd extends Pair {
  readonly membershipId: MembershipId;
}

const ENDS = systemActor('membership-ends');

/** Ends memberships: at once, or on a day that both sides see coming. */
@Injectable()
export class MembershipEnds {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
  ) {}

  /**
   * Announces the end of an accepted membership, which is its end if the time
   * has come. It replaces an earlier announcement of the same side. Joins the
   * open transaction: of the vendor, or of a process for the partner.
   * @throws DomainError `partner.not-found`, `vendor.not-found`,
   *   `membership.not-active`, `membership.ends-already`.
   */
  async announce(actor: VendorActor | PartnerActor, pair: Pair, end: PlannedEnd): Promise<Membership> {
    const { id, status, endBy, partnerName } = await this.lock(pair, actor.kind);
    if (status !== 'active')
      throw new DomainError(
        'membership.not-active',
        actor.kind === 'vendor'
          ? `${partnerName} is not in your programme now. Only a partner that has joined can be ended; withdraw its invitation instead.`
          : 'Your company is not in the programme of this vendor now.',
        { partnerId: pair.partnerId, status },
        { kind: 'conflict' },
      );
    if (endBy !== null && endBy !== actor.kind)
      throw new DomainError(
        'membership.ends-already',
        'The other side has announced the end of this partnership already, so nothing was changed.',
        { partnerId: pair.partnerId },
        { kind: 'conflict' },
      );
    const now = this.clock.now();
    await this.database.query(
      `UPDATE organisations.membership SET end_by = $2, end_by_name = $3, end_announced_at = $4, ended_reason = $5,
         ends_at = $6, campaigns_end_at = $7, status = $8, campaigns_stopped_at = $9, end_told_at = NULL,
         end_withdrawn_by = NULL
       WHERE id = $1`,
      [
        id,
        actor.kind,
        actor.name,
        now,
        end.reason,
        end.endsAt,
        end.campaignsEndAt,
        end.endsAt <= now ? 'ended' : 'active',
        end.campaignsEndAt <= now ? now : null,
      ],
    );
    if (end.endsAt <= now) await this.recordReleased(pair.vendorId, id, partnerName);
    await this.record(actor, pair, end.endsAt <= now ? 'membership.ended' : 'membership.end-announced', id, {
      reason: end.reason,
      lastDay: lastDayBefore(end.endsAt),
      campaignsLastDay: lastDayBefore(end.campaignsEndAt),
    });
    return this.ofPair(pair, actor.kind);
  }

  /**
   * Takes back the end that the same side has announced, and a vendor one that
   * has come. A partner that has left comes back if both want it: first the
   * vendor, then the partner. Joins the open transaction, as `announce`.
   * @throws DomainError `partner.not-found`, `vendor.not-found`,
   *   `membership.not-ended`, `membership.left`.
   */
  async takeBack(actor: VendorActor | PartnerActor, pair: Pair): Promise<Membership> {
    const member = await this.lock(pair, actor.kind);
    const { id, status, joinedAt, endBy, partnerName, returnOfferedAt } = member;
    await this.requireBothExist(pair);
    const ends = announcedEnd(member) !== null;
    if (joinedAt === null || (status !== 'ended' && !ends))
      throw new DomainError(
        'membership.not-ended',
        actor.kind === 'vendor'
          ? `${partnerName} has not left your programme. A partner that never joined is invited again.`
          : 'No end of this partnership is announced, so there is nothing to take back.',
        { partnerId: pair.partnerId, status },
        { kind: 'conflict' },
      );
    if (actor.kind === 'vendor' && endBy === 'partner' && status === 'ended') return this.offerReturn(actor, pair, id);
    if (endBy !== null && endBy !== actor.kind) throw endedByOther(actor, partnerName);
    if (actor.kind === 'partner' && status === 'ended' && returnOfferedAt === null)
      throw new DomainError(
        'membership.left',
        'Your company has left the programme of this vendor. Ask the vendor to invite it back.',
        { partnerId: pair.partnerId },
        { kind: 'conflict' },
      );
    await this.database.query(
      `UPDATE organisations.membership SET status = 'active', ended_reason = NULL, end_by = NULL, end_by_name = NULL,
         end_announced_at = NULL, ends_at = NULL, campaigns_end_at = NULL, campaigns_stopped_at = NULL,
         return_offered_at = NULL, return_offer_told_at = NULL,
         end_withdrawn_by = $2, end_withdrawal_told_at = NULL
       WHERE id = $1`,
      [id, actor.kind],
    );
    await this.record(actor, pair, 'membership.reinstated', id, {});
    return this.ofPair(pair, actor.kind);
  }

  /** @throws DomainError `membership.company-deleted`. */
  private async requireBothExist({ partnerId, vendorId }: Pair): Promise<void> {
    const [deleted] = await this.database.query<{ name: string }>(
      'SELECT name FROM organisations.organisation WHERE id IN ($1, $2) AND deleted_at IS NOT NULL LIMIT 1',
      [partnerId, vendorId],
    );
    if (deleted !== undefined)
      throw new DomainError(
        'membership.company-deleted',
        `${deleted.name} was deleted by its owners, so the partnership cannot go on. Invite the company anew if it comes back.`,
        { name: deleted.name },
        { kind: 'conflict' },
      );
  }

  /** Lets a partner come back that has left. Idempotent. */
  private async offerReturn(actor: VendorActor, pair: Pair, id: MembershipId): Promise<Membership> {
    const offered = await this.database.query(
      `UPDATE organisations.membership SET return_offered_at = $2, return_offer_told_at = NULL
       WHERE id = $1 AND return_offered_at IS NULL RETURNING id`,
      [id, this.clock.now()],
    );
    if (offered.length > 0) await this.record(actor, pair, 'membership.return-offered', id, {});
    return this.ofPair(pair, actor.kind);
  }

  /**
   * Ends all memberships of an organisation that is being deleted, and their
   * campaigns, whatever was announced before. Joins the open transaction of a
   * process in the organisation's scope. Idempotent.
   * @returns those that it ended.
   */
  async endAllOf(
    actor: SystemActor,
    side: MembershipSide,
    organisationId: PartnerId | VendorId,
    reason: string,
  ): Promise<readonly DueEnd[]> {
    const now = this.clock.now();
    const ended = await this.database.query<DueEnd>(
      `UPDATE organisations.membership SET status = 'ended', end_by = coalesce(end_by, $2), end_by_name = coalesce(end_by_name, $4),
         end_announced_at = coalesce(end_announced_at, $3), ended_reason = coalesce(ended_reason, $5),
         ends_at = least(ends_at, $3), campaigns_end_at = least(campaigns_end_at, $3), campaigns_stopped_at = $3,
         return_offered_at = NULL
       WHERE $1 IN (partner_id, vendor_id) AND joined_at IS NOT NULL AND (status <> 'ended' OR campaigns_end_at > $3)
       RETURNING id AS membership_id, partner_id, vendor_id`,
      [organisationId, side, now, actor.name, reason],
    );
    for (const { membershipId, ...pair } of ended)
      await this.record(actor, pair, 'membership.ended', membershipId, { reason });
    return ended;
  }

  /**
   * Ends memberships whose day has come, and claims those whose campaigns have
   * to stop. In the open transaction of a process.
   */
  async claimDue(limit: number): Promise<readonly DueEnd[]> {
    const now = this.clock.now();
    const ended = await this.database.query<DueEnd>(
      `UPDATE organisations.membership SET status = 'ended' WHERE id IN (
         SELECT id FROM organisations.membership WHERE status = 'active' AND ends_at <= $1
         ORDER BY ends_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id AS membership_id, partner_id, vendor_id`,
      [now, limit],
    );
    for (const { membershipId, ...pair } of ended) {
      await this.recordReleased(pair.vendorId, membershipId, null);
      await this.record(ENDS, pair, 'membership.ended', membershipId, {});
    }
    return this.database.query<DueEnd>(
      `UPDATE organisations.membership SET campaigns_stopped_at = $1 WHERE id IN (
         SELECT id FROM organisations.membership WHERE campaigns_stopped_at IS NULL AND campaigns_end_at <= $1
         ORDER BY campaigns_end_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id AS membership_id, partner_id, vendor_id`,
      [now, limit],
    );
  }

  /**
   * Waits for launches that found the membership before its end: what they have
   * stored is seen afterwards. Joins the open transaction, as its first lock.
   */
  async awaitLaunches({ partnerId, vendorId }: Pair): Promise<void> {
    await this.database.lock(endOf(partnerId, vendorId));
  }

  /**
   * Whether campaigns of the membership have to stop. If so, no end of it is
   * taken back before the open transaction ends.
   */
  async mustStop(id: MembershipId): Promise<boolean> {
    const [due] = await this.database.query(
      `SELECT 1 FROM organisations.membership WHERE id = $1
         AND (campaigns_end_at <= $2 OR campaigns_end_at IS NULL AND status = 'ended') FOR SHARE`,
      [id, this.clock.now()],
    );
    return due !== undefined;
  }

  /**
   * Claims what the other side has not been told of, in the open transaction.
   * It is not told that an end was taken back of which it knows nothing.
   * @returns null: nothing.
   */
  async claimNews(id: MembershipId): Promise<EndNews | null> {
    const now = this.clock.now();
    const [end] = await this.database.query<{ by: MembershipSide; reason: string; endsAt: Date; campaignsEndAt: Date }>(
      `UPDATE organisations.membership SET end_told_at = $2, end_known = true
       WHERE id = $1 AND end_by IS NOT NULL AND end_told_at IS NULL
       RETURNING end_by AS by, ended_reason AS reason, ends_at, campaigns_end_at`,
      [id, now],
    );
    if (end !== undefined) return { kind: 'end', ...end };
    const [withdrawal] = await this.database.query<{ by: MembershipSide }>(
      `UPDATE organisations.membership SET end_withdrawal_told_at = $2, end_known = false
       WHERE id = $1 AND end_withdrawn_by IS NOT NULL AND end_withdrawal_told_at IS NULL AND end_known RETURNING end_withdrawn_by AS by`,
      [id, now],
    );
    if (withdrawal !== undefined) return { kind: 'withdrawal', ...withdrawal };
    const [offer] = await this.database.query(
      `UPDATE organisations.membership SET return_offer_told_at = $2
       WHERE id = $1 AND return_offered_at IS NOT NULL AND return_offer_told_at IS NULL RETURNING id`,
      [id, now],
    );
    return offer === undefined ? null : { kind: 'return-offer', by: 'vendor' };
  }

  /**
   * Records which partners have gone to the vendor directly, because the
   * partnership with their distributor has ended just now: the trigger
   * `organisations.release_sub_partners` does it in the open transaction.
   */
  private async recordReleased(vendorId: VendorId, id: MembershipId, name: string | null): Promise<void> {
    const released = await this.database.query<{ partnerId: PartnerId }>(
      `SELECT partner_id FROM organisations.membership
       WHERE former_parent_id = $1 AND parent_ended_at = now() AND parent_id IS NULL ORDER BY id`,
      [id],
    );
    if (released.length === 0) return;
    const partnerIds = released.map(({ partnerId }) => partnerId);
    await this.audit.record(systemActor(ENDS.name, { vendorId }), {
      action: 'membership.distributor-ended',
      subject: { kind: 'membership', id },
      details: { count: partnerIds.length, partnerIds, ...(name === null ? {} : { name }) },
    });
  }

  /** Locks the membership against launches and other changes, and reads it. */
  private async lock(pair: Pair, asker: MembershipSide): Promise<Membership> {
    await this.database.lock(endOf(pair.partnerId, pair.vendorId));
    await this.memberships.lockOf(pair.partnerId);
    return this.ofPair(pair, asker);
  }

  private async ofPair({ partnerId, vendorId }: Pair, asker: MembershipSide): Promise<Membership> {
    const [found] = await this.database.query<Membership>(
      `SELECT ${MEMBERSHIP} FROM ${MEMBERSHIP_SOURCE} WHERE m.partner_id = $1 AND m.vendor_id = $2 ORDER BY m.id LIMIT 1`,
      [partnerId, vendorId],
    );
    if (found === undefined) throw asker === 'vendor' ? notFound('partner', partnerId) : notFound('vendor', vendorId);
    return found;
  }

  /** In the audit logs of both sides. */
  private async record(
    actor: VendorActor | PartnerActor | SystemActor,
    { partnerId, vendorId }: Pair,
    action: `membership.${string}`,
    id: MembershipId,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.recordForBoth(
      actor,
      { action, subject: { kind: 'membership', id }, details: { partnerId, ...details } },
      { partnerId, vendorId },
    );
  }
}

function endedByOther({ kind }: VendorActor | PartnerActor, partnerName: string): DomainError {
  if (kind === 'partner')
    return new DomainError(
      'membership.ended-by-vendor',
      'The vendor has ended this partnership, and only the vendor can take that back. Ask the vendor.',
      {},
      { kind: 'conflict' },
    );
  return new DomainError(
    'membership.left-by-partner',
    `${partnerName} leaves your programme by itself, and only it can take that back. Ask it to.`,
    {},
    { kind: 'conflict' },
  );
}
