import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type Actor, Clock, DomainError, type InvitationId, type OrganisationId, DAY_MS } from '#kernel';
import { Accounts } from './accounts.service.js';
import { type MailStatus, MAIL_STATUS_COLUMNS } from './mail-status.js';
import type { Role } from './principal.js';
import { partnerInvitationMail, teamInvitationMail } from './system-mail-text.js';
import { SystemMail } from './system-mail.service.js';

/** An open invitation, or an expired one that was still open. */
export interface OpenInvitation extends MailStatus {
  readonly id: InvitationId;
  readonly email: string;
  /** The person or API key that sent it. */
  readonly sentBy: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

/** Its columns in `identity.invitation`. */
export const OPEN_INVITATION = `id, email, coalesce(sent_by, invited_by) AS sent_by, created_at AS sent_at, expires_at, ${MAIL_STATUS_COLUMNS}`;
export const IS_OPEN = 'accepted_at IS NULL AND withdrawn_at IS NULL';

interface Letter {
  readonly organisation: { readonly id: OrganisationId; readonly name: string };
  readonly email: string;
  readonly role: Role;
  /** A vendor that invites a partner, or a person that invites a colleague. */
  readonly invitedBy: { readonly vendor: string } | { readonly person: string };
}

/**
 * Who is protected from too many mails: rows of earlier mails, and the name in
 * the refusal.
 */
interface Addressee {
  /** `This partner`, at the beginning of a sentence. */
  readonly name: string;
  readonly where: string;
  readonly values: readonly unknown[];
  readonly field?: string;
}

/**
 * Protects people who did not ask for it, and the owner of a mistyped address.
 */
const LETTERS_A_DAY = 5;

/** Invitation mails to an organisation, of any sender. */
@Injectable()
export class InvitationLetters {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
  ) {}

  /** Makes an invitation and posts its letter, in the open transaction. */
  async post(actor: Actor, { organisation, email, role, invitedBy }: Letter): Promise<void> {
    const { id: organisationId, name } = organisation;
    const inviter = 'vendor' in invitedBy ? invitedBy.vendor : invitedBy.person;
    const { id, url } = await this.accounts.invite(actor, { organisationId, email, role, invitedBy: inviter });
    const letter =
      'vendor' in invitedBy
        ? partnerInvitationMail(email, url, { vendor: inviter, partner: name }, 'en')
        : teamInvitationMail(email, url, { person: inviter, organisation: name }, 'en');
    await this.mail.post(letter, { invitationId: id });
  }

  /**
   * @throws DomainError `invitation.too-many` after five mails in 24 hours,
   *   with the time of the next.
   */
  async refuseFlood({ name, where, values, field }: Addressee): Promise<void> {
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    const sent = await this.database.query<{ at: Date }>(
      `SELECT created_at AS at FROM identity.invitation WHERE ${where} AND created_at > $${values.length + 1}
       ORDER BY created_at DESC LIMIT ${LETTERS_A_DAY}`,
      [...values, since],
    );
    const oldest = sent[LETTERS_A_DAY - 1];
    if (oldest === undefined) return;
    const retryAt = new Date(oldest.at.getTime() + DAY_MS).toISOString();
    throw new DomainError(
      'invitation.too-many',
      `${name} was sent ${LETTERS_A_DAY} invitations within 24 hours. Send the next one from ${retryAt} on, or check the address.`,
      { retryAt, ...(field === undefined ? {} : { field }) },
      { kind: 'too-many' },
    );
  }
}
