import { Inject, Injectable, Optional } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database, unnestRows } from '#database';
import { Jobs } from '#jobs';
import {
  type Actor,
  Clock,
  type ContactId,
  DAY_MS,
  type Id,
  type InvitationId,
  messageOf,
  newId,
  type OrganisationId,
  type PartnerId,
  systemActor,
} from '#kernel';
import { MailBrands, type MailLook } from '#rendering';
import { SEND_SYSTEM_MAIL } from './identity.jobs.js';
import { type LimitedMail, MailAllowances } from './mail-allowances.service.js';

/** A file in a mail. */
export interface MailAttachment {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly content: Buffer;
}

export interface SystemMailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The organisation that it tells its reader of: not sent to one who has left its team. */
  readonly teamOf?: OrganisationId;
  /** Sender name beside our address; absent: the product's own. */
  readonly senderName?: string | null;
  /** Where one click stops this kind of mail (RFC 8058); absent: it cannot be stopped. */
  readonly unsubscribeUrl?: string | null;
  /** A file that it carries. It is deleted with the mail, once that is sent. */
  readonly attachment?: MailAttachment | null;
  /** Of a mail in the name of an organisation; absent: it stays as it is. */
  readonly branding?: {
    readonly organisationId: OrganisationId;
    /** The HTML in the organisation's look. */
    readonly htmlIn: (look: MailLook) => string;
  };
}

/** What a system mail is about. It is not sent once that has gone. */
export interface MailSubject {
  /** Its id, for a caller that asks later what became of it; absent: a new one. */
  readonly mailId?: Id<'system-mail'>;
  /** Of a newsletter: its results count what became of it. */
  readonly isNewsletter?: boolean;
  readonly invitationId?: InvitationId;
  /** The contact that it is for: not sent once the contact may not be mailed. */
  readonly contact?: PartnerContact;
  /**
   * The contact that it tells a user about. It is deleted with the contact,
   * too.
   */
  readonly aboutContact?: PartnerContact;
}

/** A contact, and the partner that it belongs to. */
interface PartnerContact {
  readonly id: ContactId;
  readonly partnerId: PartnerId;
}

/** One that goes out now. */
export interface OutgoingSystemMail extends Omit<SystemMailMessage, 'branding' | 'teamOf'> {
  /** What it invites to; null where it does not. */
  readonly invitationId: InvitationId | null;
  readonly isNewsletter: boolean;
  /** The contact that it is for; null if it is for a user. */
  readonly contact: PartnerContact | null;
  /** The PNG that its HTML shows as `LOGO_ID`; null if it shows none. */
  readonly logoHash: string | null;
}

/** What became of one. Whatever may succeed later is thrown instead. */
export type SystemMailOutcome =
  | { readonly kind: 'accepted' }
  /** The relay refuses it now and later. @property text without addresses. */
  | { readonly kind: 'refused'; readonly text: string }
  /** Its contact gets no e-mail. @property reason a word. */
  | { readonly kind: 'suppressed'; readonly reason: string };

const SYSTEM_MAIL = systemActor('system-mail');
/** Of a mail server's text: enough to see the reason. */
const REFUSAL_CHARS = 500;
/**
 * How long a mail is stored that was not sent: an operator has time to correct
 * the relay and to retry the job.
 */
const UNSENT_MS = 14 * DAY_MS;

const ACCEPTED: SystemMailOutcome = { kind: 'accepted' };

interface Refusal {
  readonly text: string;
  /** The mail is tried again. */
  readonly isDelayed: boolean;
}

interface WaitingRow extends Omit<OutgoingSystemMail, 'contact' | 'attachment'> {
  readonly attachmentName: string | null;
  readonly attachmentType: string | null;
  readonly attachmentContent: Buffer | null;
  readonly contactId: ContactId | null;
  readonly partnerId: PartnerId | null;
  readonly isAboutContact: boolean;
  readonly isVoid: boolean;
}

/** Mails of the product's own: invitations, password resets, notices. */
@Injectable()
export class SystemMail {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly allowances: MailAllowances,
    private readonly audit: AuditLog,
    // Absent in tests of libs that know no brands.
    @Optional() @Inject(MailBrands) private readonly brands: MailBrands | null = null,
  ) {}

  /** Posts a mail in a transaction of its own. */
  async postNow(actor: Actor, message: SystemMailMessage): Promise<void> {
    await this.database.inTransaction(actor, () => this.post(message));
  }

  /**
   * Joins the open transaction: the mail is sent only if the transaction
   * commits.
   * @param about its invitation: after a withdrawal the mail is not sent; until
   *   then the invitation stores the result. Or the contact that it is for or
   *   about: the mail is deleted with the contact.
   */
  async post(message: SystemMailMessage, about: MailSubject = {}): Promise<void> {
    await this.postAll([{ message, about }]);
  }

  /** The same for many in one statement. */
  async postAll(
    mails: readonly { readonly message: SystemMailMessage; readonly about?: MailSubject | undefined }[],
  ): Promise<void> {
    if (mails.length === 0) return;
    const looks = await this.looksOf(mails.map(({ message }) => message));
    const stored = mails.map(({ message, about = {} }) => {
      const contact = about.contact ?? about.aboutContact ?? null;
      return {
        id: about.mailId ?? newId<Id<'system-mail'>>(),
        recipient: message.to,
        subject: message.subject,
        bodyText: message.text,
        senderName: message.senderName ?? null,
        unsubscribeUrl: message.unsubscribeUrl ?? null,
        invitationId: about.invitationId ?? null,
        contactId: contact?.id ?? null,
        partnerId: contact?.partnerId ?? null,
        isAboutContact: about.contact === undefined && contact !== null,
        teamOf: message.teamOf ?? null,
        isNewsletter: about.isNewsletter ?? false,
        ...branded(message, looks),
      };
    });
    const rows = unnestRows(
      stored,
      {
        id: 'uuid',
        recipient: 'text',
        subject: 'text',
        bodyText: 'text',
        bodyHtml: 'text',
        senderName: 'text',
        unsubscribeUrl: 'text',
        invitationId: 'uuid',
        contactId: 'uuid',
        partnerId: 'uuid',
        isAboutContact: 'boolean',
        teamOf: 'uuid',
        isNewsletter: 'boolean',
        logoHash: 'text',
      },
      [this.clock.now()],
    );
    await this.database.query(
      `INSERT INTO identity.system_mail (created_at, id, recipient, subject, body_text, body_html, sender_name,
         unsubscribe_url, invitation_id, contact_id, partner_id, is_about_contact, team_of, is_newsletter, logo_hash)
       SELECT $1::timestamptz, given.* FROM ${rows.from}`,
      rows.parameters,
    );
    for (const [at, { message }] of mails.entries()) await this.attach(stored[at]?.id, message.attachment ?? null);
    await this.jobs.enqueueAll(
      SEND_SYSTEM_MAIL,
      stored.map(({ id }) => ({ mailId: id })),
    );
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
   * Passes one mail to `send` and deletes it. A mail that the relay refused for
   * good is closed with its reason. One for a suppressed contact is deleted;
   * the partner's audit log has the reason. A missing mail was already sent, or
   * its contact has been deleted.
   * @throws Error as `send`: then the mail is tried again.
   */
  async deliver(mailId: string, send: (message: OutgoingSystemMail) => Promise<SystemMailOutcome>): Promise<void> {
    const mail = await this.waiting(mailId);
    if (mail === null) return;
    const outcome = mail.isVoid ? ACCEPTED : await this.submit(mailId, mail.message, send);
    await this.close(mailId, mail.message.contact, outcome);
  }

  /** Whether an e-mail of the product itself waits to be sent. */
  async hasUnsent(): Promise<boolean> {
    const [found] = await this.database.inTransaction(SYSTEM_MAIL, () =>
      this.database.query<{ has: boolean }>('SELECT EXISTS (SELECT FROM identity.system_mail) AS has'),
    );
    return found?.has === true;
  }

  /**
   * Deletes mails that were not sent for 14 days.
   * @returns how many.
   */
  async deleteUnsent(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - UNSENT_MS);
    const deleted = await this.database.inTransaction(SYSTEM_MAIL, () =>
      this.database.query('DELETE FROM identity.system_mail WHERE created_at < $1 RETURNING 1', [before]),
    );
    return deleted.length;
  }

  private async attach(mailId: Id<'system-mail'> | undefined, attachment: MailAttachment | null): Promise<void> {
    if (mailId === undefined || attachment === null) return;
    const { name, type, content } = attachment;
    await this.database.query(
      'UPDATE identity.system_mail SET attachment_name = $2, attachment_type = $3, attachment = $4 WHERE id = $1',
      [mailId, name, type, content],
    );
  }

  /** The looks of the organisations in whose names these are. */
  private async looksOf(messages: readonly SystemMailMessage[]): Promise<ReadonlyMap<OrganisationId, MailLook>> {
    const looks = new Map<OrganisationId, MailLook>();
    for (const id of new Set(messages.flatMap(({ branding }) => branding?.organisationId ?? []))) {
      const look = (await this.brands?.find(id)) ?? null;
      if (look !== null) looks.set(id, look);
    }
    return looks;
  }

  private async waiting(mailId: string): Promise<{ message: OutgoingSystemMail; isVoid: boolean } | null> {
    const [row] = await this.database.inTransaction(SYSTEM_MAIL, () =>
      this.database.query<WaitingRow>(
        `SELECT m.recipient AS "to", m.subject, m.body_text AS text, m.body_html AS html, m.sender_name, m.unsubscribe_url,
           m.invitation_id, m.contact_id, m.partner_id, m.is_about_contact, m.is_newsletter, m.logo_hash,
           m.attachment_name, m.attachment_type, m.attachment AS attachment_content,
           i.withdrawn_at IS NOT NULL OR m.team_of IS NOT NULL AND NOT EXISTS (
             SELECT FROM identity.assignment a JOIN identity.user_account u ON u.id = a.user_id
             WHERE a.organisation_id = m.team_of AND lower(u.email) = lower(m.recipient)) AS is_void
         FROM identity.system_mail m LEFT JOIN identity.invitation i ON i.id = m.invitation_id
         WHERE m.id = $1 AND m.closed_at IS NULL`,
        [mailId],
      ),
    );
    if (row === undefined) return null;
    const { isVoid, isAboutContact, contactId, partnerId, ...rest } = row;
    const { attachmentName: name, attachmentType: type, attachmentContent: content, ...message } = rest;
    const attachment = name === null || type === null || content === null ? null : { name, type, content };
    const contact = isAboutContact || contactId === null || partnerId === null ? null : { id: contactId, partnerId };
    return { message: { ...message, attachment, contact }, isVoid };
  }

  private async submit(
    mailId: string,
    message: OutgoingSystemMail,
    send: (message: OutgoingSystemMail) => Promise<SystemMailOutcome>,
  ): Promise<SystemMailOutcome> {
    try {
      const outcome = await send(message);
      await this.recordOutcome(mailId, outcome.kind === 'refused' ? { text: outcome.text, isDelayed: false } : null);
      return outcome;
    } catch (error) {
      await this.recordOutcome(mailId, { text: messageOf(error), isDelayed: true });
      throw error;
    }
  }

  /** In one transaction, so that a reason is recorded once. */
  private async close(mailId: string, contact: PartnerContact | null, outcome: SystemMailOutcome): Promise<void> {
    const actor = systemActor(SYSTEM_MAIL.name, contact === null ? {} : { partnerId: contact.partnerId });
    await this.database.inTransaction(actor, async () => {
      const closed = await (outcome.kind === 'refused'
        ? this.database.query(
            'UPDATE identity.system_mail SET closed_at = $2, refusal = $3 WHERE id = $1 AND closed_at IS NULL RETURNING 1',
            [mailId, this.clock.now(), outcome.text.slice(0, REFUSAL_CHARS)],
          )
        : this.database.query('DELETE FROM identity.system_mail WHERE id = $1 RETURNING 1', [mailId]));
      if (closed.length === 0 || contact === null || outcome.kind === 'accepted') return;
      await this.audit.record(actor, {
        action: 'contact.mail-not-sent',
        subject: { kind: 'contact', id: contact.id },
        details: { reason: outcome.kind === 'refused' ? 'refused' : outcome.reason },
      });
    });
  }

  /** @param refusal null: the mail server accepted it. */
  private async recordOutcome(mailId: string, refusal: Refusal | null): Promise<void> {
    await this.database.inTransaction(SYSTEM_MAIL, () =>
      this.database.query(
        `WITH test AS (UPDATE identity.mail_test
           SET refusal = $2, is_delayed = $4, accepted_at = CASE WHEN $2::text IS NULL THEN $3::timestamptz END
           WHERE mail_id = $1)
         UPDATE identity.invitation i SET refusal = $2, submitted_at = CASE WHEN $2::text IS NULL THEN $3::timestamptz END
         FROM identity.system_mail m WHERE m.id = $1 AND i.id = m.invitation_id`,
        [mailId, refusal?.text.slice(0, REFUSAL_CHARS) ?? null, this.clock.now(), refusal?.isDelayed ?? false],
      ),
    );
  }
}

/** The HTML in the look of the organisation in whose name the mail is. */
function branded(
  { html, branding }: SystemMailMessage,
  looks: ReadonlyMap<OrganisationId, MailLook>,
): { readonly bodyHtml: string; readonly logoHash: string | null } {
  const look = branding === undefined ? undefined : looks.get(branding.organisationId);
  if (branding === undefined || look === undefined) return { bodyHtml: html, logoHash: null };
  return { bodyHtml: branding.htmlIn(look), logoHash: look.logo?.hash ?? null };
}
