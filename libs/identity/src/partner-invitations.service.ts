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
import { Accounts } from './accounts.service.js';
import { invitationMail } from './system-mail-text.js';
import { SystemMail } from './system-mail.service.js';

/** An invitation that somebody could still accept, or could have until it expired. */
export interface PendingInvitation {
  readonly id: InvitationId;
  readonly partnerId: PartnerId;
  readonly email: string;
  /** The person or API key of the vendor that sent it. */
  readonly sentBy: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  /** When the mail server took the letter; whether it reached anybody it does not tell. */
  readonly handedOverAt: Date | null;
  /** Why the mail server has not taken it so far. */
  readonly refusal: string | null;
  /** When it came back although the mail server had taken it, and why; null while it has not. */
  readonly bouncedAt: Date | null;
  readonly bounceReason: string | null;
}

export interface InvitedPartner {
  readonly id: PartnerId;
  readonly name: string;
}

/** A partner that did not ask for it is not flooded, and neither is whoever has the address that was mistyped. */
const LETTERS_A_DAY = 5;
const DAY_MS = 86_400_000;
/** Of what another server says: enough to tell why. */
const REASON_CHARS = 300;

const OPEN = 'accepted_at IS NULL AND withdrawn_at IS NULL';

/** What a vendor sends to the first person of a partner: one open invitation at a time. */
@Injectable()
export class PartnerInvitations {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
  ) {}

  /**
   * Sends an invitation; one sent before is void from now on. Joins the open transaction, in which the partner's membership
   * is locked: two at once would leave two links.
   * @throws DomainError `invitation.accepted`; `invitation.too-many` after five letters in 24 hours, with the time from which on the next may go.
   */
  async send(actor: VendorActor, partner: InvitedPartner, email: string, vendorName: string): Promise<void> {
    await this.void(actor, partner.id);
    await this.refuseFlood(actor, partner.id);
    const { id, url } = await this.accounts.invite(actor, {
      organisationId: partner.id,
      email,
      role: 'owner',
      invitedBy: vendorName,
    });
    await this.mail.post(
      invitationMail(email, url, { organisation: partner.name, invitedBy: vendorName, locale: 'en' }),
      id,
    );
  }

  /** Makes the link void. Joins the open transaction. @throws DomainError `invitation.accepted` */
  async void(actor: VendorActor, partnerId: PartnerId): Promise<void> {
    const voided = await this.database.query<{ id: InvitationId }>(
      `UPDATE identity.invitation SET withdrawn_at = $3 WHERE vendor_id = $1 AND organisation_id = $2 AND ${OPEN} RETURNING id`,
      [actor.vendorId, partnerId, this.clock.now()],
    );
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
        `SELECT id, organisation_id AS "partnerId", email, coalesce(sent_by, invited_by) AS "sentBy", created_at AS "sentAt",
           expires_at AS "expiresAt", handed_over_at AS "handedOverAt", refusal,
           bounced_at AS "bouncedAt", bounce_reason AS "bounceReason"
         FROM identity.invitation WHERE vendor_id = $1 AND organisation_id = ANY ($2) AND ${OPEN} ORDER BY id`,
        [actor.vendorId, partnerIds],
      ),
    );
    return new Map(found.map((one) => [one.partnerId, one]));
  }

  /** Its mail came back, while it is still open; the first word counts. Joins the open transaction of a process. @param why hostile text. */
  async bounced(actor: SystemActor, id: InvitationId, why: string): Promise<void> {
    const [bounced] = await this.database.query<{ vendorId: VendorId | null }>(
      `UPDATE identity.invitation SET bounced_at = $2, bounce_reason = $3 WHERE id = $1 AND bounced_at IS NULL AND ${OPEN} RETURNING vendor_id AS "vendorId"`,
      [id, this.clock.now(), why.slice(0, REASON_CHARS)],
    );
    if (bounced === undefined || bounced.vendorId === null) return;
    await this.audit.record(actor, {
      action: 'invitation.bounced',
      subject: { kind: 'invitation', id },
      vendorId: bounced.vendorId,
    });
  }

  private async refuseFlood(actor: VendorActor, partnerId: PartnerId): Promise<void> {
    const now = this.clock.now().getTime();
    const sent = await this.database.query<{ at: Date }>(
      'SELECT created_at AS at FROM identity.invitation WHERE vendor_id = $1 AND organisation_id = $2 AND created_at > $3 ORDER BY created_at DESC LIMIT $4',
      [actor.vendorId, partnerId, new Date(now - DAY_MS), LETTERS_A_DAY],
    );
    const oldest = sent[LETTERS_A_DAY - 1];
    if (oldest === undefined) return;
    const retryAt = new Date(oldest.at.getTime() + DAY_MS).toISOString();
    throw new DomainError(
      'invitation.too-many',
      `This partner was sent ${LETTERS_A_DAY} invitations within 24 hours. Send the next one from ${retryAt} on, or ask whether the address is right.`,
      { retryAt },
      { kind: 'too-many' },
    );
  }

  /** Somebody may have accepted while the membership was not yet told. */
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
