import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, DomainError, type InvitationId, type PartnerId, type VendorActor } from '#kernel';
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
}

export interface InvitedPartner {
  readonly id: PartnerId;
  readonly name: string;
}

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
   * @throws DomainError `invitation.accepted`
   */
  async send(actor: VendorActor, partner: InvitedPartner, email: string, vendorName: string): Promise<void> {
    await this.void(actor, partner.id);
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
           expires_at AS "expiresAt", handed_over_at AS "handedOverAt", refusal
         FROM identity.invitation WHERE vendor_id = $1 AND organisation_id = ANY ($2) AND ${OPEN} ORDER BY id`,
        [actor.vendorId, partnerIds],
      ),
    );
    return new Map(found.map((one) => [one.partnerId, one]));
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
