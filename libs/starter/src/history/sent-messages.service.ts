import { Injectable } from '@nestjs/common';
import { Contacts } from '#contacts';
import { Database } from '#database';
import { SystemMail } from '#identity';
import { type ActivationId, type ContactId, groupBy, type MessageId, type PartnerId, systemActor } from '#kernel';
import { SEED } from '../seed-actor.js';

/** A message that a mail server accepted. */
export interface SentMessage {
  readonly id: MessageId;
  readonly partnerId: PartnerId;
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
  readonly stepKey: string;
  readonly sentAt: Date;
  readonly email: string;
}

/** Reads which messages the product has sent. */
@Injectable()
export class SentMessages {
  constructor(
    private readonly database: Database,
    private readonly contacts: Contacts,
    private readonly systemMail: SystemMail,
  ) {}

  /** Those that were sent after a moment, oldest first. */
  async since(after: Date): Promise<SentMessage[]> {
    const rows = await this.database.inTransaction(SEED, () =>
      this.database.query<Omit<SentMessage, 'email'>>(
        `SELECT id, partner_id, activation_id, contact_id, step_key, settled_at AS sent_at FROM delivery.message_view
         WHERE state = 'accepted' AND settled_at > $1 ORDER BY settled_at, id`,
        [after],
      ),
    );
    const addresses = new Map<ContactId, string>();
    for (const [partnerId, own] of groupBy(rows, (row) => row.partnerId)) {
      const ids = [...new Set(own.map(({ contactId }) => contactId))];
      for (const { id, email } of await this.contacts.byIds(systemActor(SEED.name, { partnerId }), ids))
        addresses.set(id, email);
    }
    return rows.flatMap((row) => {
      const email = addresses.get(row.contactId);
      return email === undefined ? [] : [{ ...row, email }];
    });
  }

  /** Whether an e-mail of the product itself has not left yet. */
  hasSystemMail(): Promise<boolean> {
    return this.systemMail.hasUnsent();
  }

  /** Whether a message or a contact is being processed at this moment. One that waits for a later try is not. */
  async isBusy(): Promise<boolean> {
    const [found] = await this.database.inTransaction(SEED, () =>
      this.database.query<{ busy: boolean }>(
        `SELECT EXISTS (SELECT FROM delivery.message_view WHERE state IN ('leased', 'releasing'))
           OR EXISTS (SELECT FROM sequences.enrolment_view e WHERE state = 'running' AND NOT EXISTS (
             SELECT FROM delivery.message_view m WHERE m.enrolment_id = e.id AND m.retry_at IS NOT NULL)) AS busy`,
      ),
    );
    return found?.busy === true;
  }

  /** When the next message is tried again, as in the next working hours; null: none. */
  async nextRetryAt(): Promise<Date | null> {
    const [next] = await this.database.inTransaction(SEED, () =>
      this.database.query<{ at: Date | null }>('SELECT min(retry_at) AS at FROM delivery.message_view'),
    );
    return next?.at ?? null;
  }
}
