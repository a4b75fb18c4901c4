import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { type Actor, Clock, DomainError, type InvitationId, type OrganisationId, DAY_MS } from '#kernel';
import { Accounts } from './accounts.service.js';
import { type MailStatus, MAIL_STATUS_COLUMNS } from './mail-status.js';
import type { Role } from './principal.js';
import type { Speaker } from './compose-system-mail.js';
import { type InvitedReader, partnerInvitationMail, teamInvitationMail } from './system-mail-text.js';
import { SystemMail } from './system-mail.service.js';

/** An open invitation, or an expired one that was still open. */
export interface OpenInvitation extends MailStatus {
  readonly id: InvitationId;
  readonly email: string;
  /** In which the mail was, and the new account will be: BCP 47. */
  readonly locale: string;
  /** The person or API key that sent it. */
  readonly sentBy: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

/** Its columns in `identity.invitation`. */
export const OPEN_INVITATION = `id, email, locale, coalesce(sent_by, invited_by) AS sent_by, created_at AS sent_at, expires_at, ${MAIL_STATUS_COLUMNS}`;
export const IS_OPEN = 'accepted_at IS NULL AND withdrawn_at IS NULL';

interface Letter {
  readonly organisation: { readonly id: OrganisationId; readonly name: string };
  readonly to: InvitedReader;
  readonly role: Role;
  /** A vendor that invites a partner, or a person that invites a colleague. */
  readonly invitedBy: { readonly vendor: Speaker } | { readonly person: string };
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
/** An accepted invitation of so many days shows that the sender is honest. */
const ACCEPTED_DAYS = 90;

/** Invitations of one sender, to any address. */
interface Sender {
  /** Its rows of `identity.invitation`. */
  readonly where: string;
  readonly values: readonly unknown[];
  /** Invitations in 24 hours, above those that were accepted. */
  readonly perDay: number;
}

/** Invitation mails to an organisation, of any sender. */
@Injectable()
export class InvitationLetters {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'RATE_LIMIT_SCALE'>,
  ) {}

  /**
   * Makes an invitation and posts its letter, in the open transaction.
   * @throws DomainError `invitation.address-full` if the address got too many
   *   invitations of all organisations within 24 hours.
   */
  async post(actor: Actor, { organisation, to, role, invitedBy }: Letter): Promise<void> {
    const { id: organisationId, name } = organisation;
    const inviter = 'vendor' in invitedBy ? invitedBy.vendor.name : invitedBy.person;
    const { email, locale } = to;
    const { id, url } = await this.accounts.invite(actor, { organisationId, email, locale, role, invitedBy: inviter });
    const letter =
      'vendor' in invitedBy
        ? partnerInvitationMail(to, url, { vendor: invitedBy.vendor, partner: name })
        : teamInvitationMail(to, url, { person: inviter, organisation });
    if (!(await this.mail.postWithinLimit('invitation', letter, { invitationId: id }))) throw addressFull();
  }

  /**
   * In a transaction that has locked the sender's invitations.
   * @throws DomainError `invitation.day-full` after `perDay` invitations in 24
   *   hours, above those that were accepted within 90 days; with the time of
   *   the next.
   */
  async refuseFullDay({ where, values, perDay }: Sender): Promise<void> {
    const now = this.clock.now().getTime();
    const after = (days: number): Date => new Date(now - days * DAY_MS);
    const [accepted] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM identity.invitation WHERE ${where} AND accepted_at > $${values.length + 1}`,
      [...values, after(ACCEPTED_DAYS)],
    );
    const most = Math.ceil(perDay * this.config.RATE_LIMIT_SCALE) + (accepted?.count ?? 0);
    const [oldest] = await this.database.query<{ at: Date }>(
      `SELECT created_at AS at FROM identity.invitation WHERE ${where} AND created_at > $${values.length + 1}
       ORDER BY created_at DESC OFFSET $${values.length + 2} LIMIT 1`,
      [...values, after(1), most - 1],
    );
    if (oldest === undefined) return;
    const retryAt = new Date(oldest.at.getTime() + DAY_MS).toISOString();
    throw new DomainError(
      'invitation.day-full',
      `You sent ${most} invitations within 24 hours, which is the limit: ${perDay}, and one more for each that was accepted within ${ACCEPTED_DAYS} days. Send the next one from ${retryAt} on.`,
      { retryAt, most, perDay, days: ACCEPTED_DAYS },
      { kind: 'too-many' },
    );
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

/** Without a time: it would tell when others wrote to the address. */
const addressFull = (): DomainError =>
  new DomainError(
    'invitation.address-full',
    'This address has got as many invitations as one day allows. Check the address, or send it again in 24 hours.',
    { field: 'email' },
    { kind: 'too-many' },
  );
