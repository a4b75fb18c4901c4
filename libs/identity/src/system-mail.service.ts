import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { type Actor, Clock, type ContactId, type Id, type InvitationId, newId, systemActor, messageOf } from '#kernel';
import { SEND_SYSTEM_MAIL } from './identity.jobs.js';
import { type LimitedMail, MailAllowances } from './mail-allowances.service.js';

export interface SystemMailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Sender name beside our address; absent: the product's own. */
  readonly senderName?: string | null;
}

/** What a system mail is about. It is not sent once that has gone. */
export interface MailSubject {
  readonly invitationId?: InvitationId;
  readonly contactId?: ContactId;
}

/** One that goes out now. */
export interface OutgoingSystemMail extends SystemMailMessage {
  /** What it invites to; null where it does not. */
  readonly invitationId: InvitationId | null;
}

const SYSTEM_MAIL = systemActor('system-mail');
/** Of a mail server's text: enough to see the reason. */
const REFUSAL_CHARS = 500;

/** Mails of the product's own: invitations, password resets, notices. */
@Injectable()
export class SystemMail {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly allowances: MailAllowances,
  ) {}

  /** Posts a mail in a transaction of its own. */
  async postNow(actor: Actor, message: SystemMailMessage): Promise<void> {
    await this.database.inTransaction(actor, () => this.post(message));
  }

  /**
   * Joins the open transaction: the mail is sent only if the transaction
   * commits.
   * @param about its invitation: after a withdrawal the mail is not sent; until
   *   then the invitation stores the result. Or the contact that it is for: the
   *   mail is deleted with the contact.
   */
  async post(message: SystemMailMessage, about: MailSubject = {}): Promise<void> {
    const id = newId<Id<'system-mail'>>();
    await this.database.query(
      `INSERT INTO identity.system_mail (id, recipient, subject, body_text, body_html, created_at, sender_name,
           invitation_id, contact_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        message.to,
        message.subject,
        message.text,
        message.html,
        this.clock.now(),
        message.senderName ?? null,
        about.invitationId ?? null,
        about.contactId ?? null,
      ],
    );
    await this.jobs.enqueue(SEND_SYSTEM_MAIL, { mailId: id });
  }

  /**
   * As `post`, for a mail that a stranger can cause: only as long as the address
   * has not got too many of its kind within 24 hours.
   * @returns whether it was posted.
   */
  async postWithinLimit(kind: LimitedMail, message: SystemMailMessage, about: MailSubject = {}): Promise<boolean> {
    if (!(await this.allowances.reserve(kind, message.to))) return false;
    await this.post(message, about);
    return true;
  }

  /**
   * Passes one mail to `send` and deletes it.
   * A missing mail was already sent, or its contact has been deleted.
   * @throws Error as `send`.
   */
  async deliver(mailId: string, send: (message: OutgoingSystemMail) => Promise<void>): Promise<void> {
    const [mail] = await this.database.inTransaction(SYSTEM_MAIL, () =>
      this.database.query<OutgoingSystemMail & { readonly isVoid: boolean }>(
        `SELECT m.recipient AS "to", m.subject, m.body_text AS text, m.body_html AS html, m.sender_name,
           m.invitation_id, i.withdrawn_at IS NOT NULL AS is_void
         FROM identity.system_mail m LEFT JOIN identity.invitation i ON i.id = m.invitation_id WHERE m.id = $1`,
        [mailId],
      ),
    );
    if (mail === undefined) return;
    const { isVoid, ...message } = mail;
    if (!isVoid) await this.submit(mailId, message, send);
    await this.database.inTransaction(SYSTEM_MAIL, () =>
      this.database.query('DELETE FROM identity.system_mail WHERE id = $1', [mailId]),
    );
  }

  private async submit(
    mailId: string,
    message: OutgoingSystemMail,
    send: (message: OutgoingSystemMail) => Promise<void>,
  ): Promise<void> {
    try {
      await send(message);
    } catch (error) {
      await this.recordOutcome(mailId, messageOf(error));
      throw error;
    }
    await this.recordOutcome(mailId, null);
  }

  private async recordOutcome(mailId: string, refusal: string | null): Promise<void> {
    await this.database.inTransaction(SYSTEM_MAIL, () =>
      this.database.query(
        `UPDATE identity.invitation i SET refusal = $2, submitted_at = CASE WHEN $2::text IS NULL THEN $3::timestamptz END
         FROM identity.system_mail m WHERE m.id = $1 AND i.id = m.invitation_id`,
        [mailId, refusal?.slice(0, REFUSAL_CHARS) ?? null, this.clock.now()],
      ),
    );
  }
}
