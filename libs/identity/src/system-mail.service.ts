import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { Clock, type Id, newId, systemActor } from '#kernel';
import { SEND_SYSTEM_MAIL } from './identity.jobs.js';

export interface SystemMailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Whose name stands beside our address; the product's own where it is left out. */
  readonly senderName?: string | null;
}

const MAIL_ROOM = systemActor('system-mail');

/** Mails of the product's own: invitations, password resets, notices. */
@Injectable()
export class SystemMail {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Joins the open transaction: the mail goes when, and only when, what it tells of is true. */
  async post(message: SystemMailMessage): Promise<void> {
    const id = newId<Id<'system-mail'>>();
    await this.database.query(
      'INSERT INTO identity.system_mail (id, recipient, subject, body_text, body_html, created_at, sender_name) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [id, message.to, message.subject, message.text, message.html, this.clock.now(), message.senderName ?? null],
    );
    await this.jobs.enqueue(SEND_SYSTEM_MAIL, { mailId: id });
  }

  /** Hands one mail to `send` and forgets it; a mail that is gone was sent before. */
  async deliver(mailId: string, send: (message: SystemMailMessage) => Promise<void>): Promise<void> {
    const [mail] = await this.database.inTransaction(MAIL_ROOM, () =>
      this.database.query<SystemMailMessage>(
        'SELECT recipient AS "to", subject, body_text AS text, body_html AS html, sender_name AS "senderName" FROM identity.system_mail WHERE id = $1',
        [mailId],
      ),
    );
    if (mail === undefined) return;
    await send(mail);
    await this.database.inTransaction(MAIL_ROOM, () =>
      this.database.query('DELETE FROM identity.system_mail WHERE id = $1', [mailId]),
    );
  }
}
