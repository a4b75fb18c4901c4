import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  Clock,
  DomainError,
  type InvitationId,
  type PartnerId,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { InvitedReader } from './system-mail-text.js';
import { InvitationLetters, IS_OPEN, OPEN_INVITATION, type OpenInvitation } from './invitation-letters.service.js';

/** An open invitation by a vendor to the first person of a partner. */
export interface PendingInvitation extends OpenInvitation {
  readonly partnerId: PartnerId;
}

export interface InvitedPartner {
  readonly id: PartnerId;
  readonly name: string;
}

/** Partners are worth as much to a hostile vendor as addresses to a spammer. */
const PARTNERS_A_DAY = 20;
/** Of another server's text: enough to see the reason. */
const REASON_CHARS = 300;

/**
 * A vendor's invitations to a partner's first user: one open invitation at a
 * time.
 */
@Injectable()
export class PartnerInvitations {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly letters: InvitationLetters,
  ) {}

  /**
   * Sends an invitation; an earlier one becomes void. Joins the open
   * transaction, which locks the membership: two at once would leave two links.
   * @throws DomainError `invitation.accepted`; `invitation.too-many` after five
   *   mails to it in 24 hours, `invitation.day-full` after 20 mails to any
   *   partner, both with the time of the next; `invitation.address-full`.
   */
  async send(actor: VendorActor, partner: InvitedPartner, to: InvitedReader, vendorName: string): Promise<void> {
    await this.void(actor, partner.id);
    await this.letters.refuseFlood({
      name: 'This partner',
      where: 'vendor_id = $1 AND organisation_id = $2',
      values: [actor.vendorId, partner.id],
    });
    await this.letters.refuseFullDay({ where: 'vendor_id = $1', values: [actor.vendorId], perDay: PARTNERS_A_DAY });
    await this.letters.post(actor, {
      organisation: partner,
      to,
      role: 'owner',
      invitedBy: { vendor: { id: actor.vendorId, name: vendorName } },
    });
  }

  /** How many partners have let their invitation expire and were not invited again. */
  async countExpired(actor: VendorActor): Promise<number> {
    const [counted] = await this.database.inTransaction(actor, () =>
      this.database.query<{ count: number }>(
        `SELECT count(DISTINCT i.organisation_id)::int AS count FROM identity.invitation i
         JOIN organisations.membership_view m ON m.partner_id = i.organisation_id AND m.vendor_id = i.vendor_id
         WHERE i.vendor_id = $1 AND m.status = 'invited' AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL
           AND i.expires_at <= $2`,
        [actor.vendorId, this.clock.now()],
      ),
    );
    return counted?.count ?? 0;
  }

  /**
   * Locks the vendor's invitations until the transaction ends.
   * Otherwise the same address at once would become two partners.
   */
  async lockInvitations(actor: VendorActor): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `partner invitations of ${actor.vendorId}`,
    ]);
  }

  /**
   * Joins the open transaction.
   * @param partnerId whose own invitations do not count; null: all count.
   * @throws DomainError `invitation.address-invited` if this vendor's
   *   invitation to it is open, or waits for the limits of the day.
   */
  async refuseInvited(actor: VendorActor, email: string, partnerId: PartnerId | null = null): Promise<void> {
    const [open] = await this.database.query(
      `SELECT 1 FROM identity.invitation
       WHERE vendor_id = $1 AND lower(email) = lower($2) AND organisation_id IS DISTINCT FROM $3 AND ${IS_OPEN}
       UNION ALL SELECT 1 FROM identity.waiting_invitation
       WHERE vendor_id = $1 AND lower(email) = lower($2) AND partner_id IS DISTINCT FROM $3 LIMIT 1`,
      [actor.vendorId, email.trim(), partnerId],
    );
    if (open === undefined) return;
    throw new DomainError(
      'invitation.address-invited',
      'An invitation to this e-mail address is open already. Send it again from the list of partners, or withdraw it there first.',
      { field: 'email' },
      { kind: 'conflict' },
    );
  }

  /**
   * Partners by the addresses, in lower case, to which this vendor sent an
   * invitation or is to send one. Withdrawn ones do not count, nor those of a
   * partner that left before it joined. Joins the open transaction.
   */
  async invitedAddresses(actor: VendorActor): Promise<ReadonlyMap<string, PartnerId>> {
    const rows = await this.database.query<{ email: string; partnerId: PartnerId }>(
      `SELECT lower(i.email) AS email, i.organisation_id AS partner_id FROM identity.invitation i
         JOIN organisations.membership_view m ON m.partner_id = i.organisation_id AND m.vendor_id = i.vendor_id
       WHERE i.vendor_id = $1 AND i.withdrawn_at IS NULL AND (m.status <> 'ended' OR m.joined_at IS NOT NULL)
       UNION ALL SELECT lower(email), partner_id FROM identity.waiting_invitation WHERE vendor_id = $1`,
      [actor.vendorId],
    );
    return new Map(rows.map(({ email, partnerId }) => [email, partnerId]));
  }

  /**
   * Makes the link void, and sends none that waits for the limits of the day.
   * Joins the open transaction.
   * @throws DomainError `invitation.accepted`.
   */
  async void(actor: VendorActor, partnerId: PartnerId): Promise<void> {
    const voided = await this.database.query<{ id: InvitationId }>(
      `UPDATE identity.invitation SET withdrawn_at = $3 WHERE vendor_id = $1 AND organisation_id = $2 AND ${IS_OPEN} RETURNING id`,
      [actor.vendorId, partnerId, this.clock.now()],
    );
    await this.database.query('DELETE FROM identity.waiting_invitation WHERE vendor_id = $1 AND partner_id = $2', [
      actor.vendorId,
      partnerId,
    ]);
    await this.requireUnaccepted(actor, partnerId);
    for (const { id } of voided)
      await this.audit.record(actor, {
        action: 'invitation.voided',
        subject: { kind: 'invitation', id },
        details: { organisationId: partnerId },
      });
  }

  /** The open invitations of these partners. */
  async pending(actor: VendorActor, partnerIds: readonly PartnerId[]): Promise<Map<PartnerId, PendingInvitation>> {
    const found = await this.database.inTransaction(actor, () =>
      this.database.query<PendingInvitation>(
        `SELECT ${OPEN_INVITATION}, organisation_id AS partner_id
         FROM identity.invitation WHERE vendor_id = $1 AND organisation_id = ANY ($2) AND ${IS_OPEN} ORDER BY id`,
        [actor.vendorId, partnerIds],
      ),
    );
    return new Map(found.map((one) => [one.partnerId, one]));
  }

  /**
   * Partners among these whose invitation is not sent yet: null if it waits for
   * the limits of the day, else the code of its refusal.
   */
  async waitingAmong(
    actor: VendorActor,
    partnerIds: readonly PartnerId[],
  ): Promise<ReadonlyMap<PartnerId, string | null>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ partnerId: PartnerId; refusal: string | null }>(
        'SELECT partner_id, refusal FROM identity.waiting_invitation WHERE vendor_id = $1 AND partner_id = ANY ($2)',
        [actor.vendorId, partnerIds],
      ),
    );
    return new Map(rows.map(({ partnerId, refusal }) => [partnerId, refusal]));
  }

  /**
   * Records the bounce of an open invitation; the first one counts.
   * Joins the open transaction of a process.
   * @param why untrusted text.
   */
  async recordBounce(actor: SystemActor, id: InvitationId, why: string): Promise<void> {
    const [bounced] = await this.database.query<{ vendorId: VendorId | null; partnerId: PartnerId | null }>(
      `UPDATE identity.invitation i SET bounced_at = $2, bounce_reason = $3
       FROM organisations.organisation_view o
       WHERE i.id = $1 AND o.id = i.organisation_id AND bounced_at IS NULL AND ${IS_OPEN}
       RETURNING CASE WHEN o.kind = 'vendor' THEN o.id ELSE i.vendor_id END AS vendor_id,
         CASE WHEN o.kind = 'partner' AND i.vendor_id IS NULL THEN o.id END AS partner_id`,
      [id, this.clock.now(), why.slice(0, REASON_CHARS)],
    );
    if (bounced === undefined) return;
    const { vendorId, partnerId } = bounced;
    await this.audit.record(actor, {
      action: 'invitation.bounced',
      subject: { kind: 'invitation', id },
      // Of the sender: a vendor, or a partner's own team.
      ...(partnerId !== null ? { partnerId } : vendorId !== null ? { vendorId } : {}),
    });
  }

  /** The invitation may be accepted before the membership changes. */
  private async requireUnaccepted(actor: VendorActor, partnerId: PartnerId): Promise<void> {
    const accepted = await this.database.query(
      'SELECT 1 FROM identity.invitation WHERE vendor_id = $1 AND organisation_id = $2 AND accepted_at IS NOT NULL LIMIT 1',
      [actor.vendorId, partnerId],
    );
    if (accepted.length > 0)
      throw new DomainError(
        'invitation.accepted',
        'This invitation has been accepted: there is nothing to send again or to withdraw.',
        {},
        { kind: 'conflict' },
      );
  }
}
