import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Locale, SystemActor } from '#kernel';

/** Which e-mail of a campaign a message was, and in which language. */
export interface SentEmail {
  readonly emailKey: string;
  readonly locale: Locale;
}

/** Finds a message by its id, which is in each of its links. */
@Injectable()
export class SentEmails {
  constructor(private readonly database: Database) {}

  /**
   * @param actor in the scope of the message's partner.
   * @returns null for an unknown message.
   */
  async find(actor: SystemActor, messageId: string): Promise<SentEmail | null> {
    const [message] = await this.database.inTransaction(actor, () =>
      this.database.query<SentEmail>(
        `SELECT m.email_key, e.locale
           FROM delivery.message_view m JOIN sequences.enrolment e ON e.id = m.enrolment_id
          WHERE m.id = $1`,
        [messageId],
      ),
    );
    return message ?? null;
  }
}
