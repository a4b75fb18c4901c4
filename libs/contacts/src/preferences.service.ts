import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type Actor, Clock, type ContactId, type SystemActor } from '#kernel';
import { partnerOf } from './authority.js';

/**
 * How often, and on which topics, contacts want a partner's mail.
 * They set it on their own page.
 */
@Injectable()
export class Preferences {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a contact's preference; joins the open transaction.
   * @param atMostEveryDays null: no limit, on every topic.
   */
  async setInterval(actor: SystemActor, contactId: ContactId, atMostEveryDays: number | null): Promise<void> {
    const partnerId = partnerOf(actor);
    await this.database.inTransaction(actor, async () => {
      if (atMostEveryDays === null) {
        await this.database.query('DELETE FROM contacts.preference WHERE contact_id = $1', [contactId]);
        await this.database.query('DELETE FROM contacts.refused_topic WHERE contact_id = $1', [contactId]);
      } else
        await this.database.query(
          `INSERT INTO contacts.preference (contact_id, partner_id, at_most_every_days, set_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (contact_id) DO UPDATE SET at_most_every_days = excluded.at_most_every_days, set_at = excluded.set_at`,
          [contactId, partnerId, atMostEveryDays, this.clock.now()],
        );
      await this.audit.record(actor, {
        action: 'preference.changed',
        subject: { kind: 'contact', id: contactId },
        details: { atMostEveryDays },
      });
    });
  }

  /**
   * Records that a contact wants no mail on a topic.
   * Idempotent; joins the open transaction.
   */
  async refuseTopic(actor: SystemActor, contactId: ContactId, topic: string): Promise<void> {
    const partnerId = partnerOf(actor);
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        'INSERT INTO contacts.refused_topic (contact_id, partner_id, topic, set_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [contactId, partnerId, topic, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'preference.changed',
        subject: { kind: 'contact', id: contactId },
        details: { refusedTopic: topic },
      });
    });
  }

  /** The topics of those who refused any; the others are left out. */
  async refusedTopics(actor: Actor, contactIds: readonly ContactId[]): Promise<Map<ContactId, ReadonlySet<string>>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactId; topics: string[] }>(
        `SELECT contact_id AS id, array_agg(topic) AS topics FROM contacts.refused_topic
         WHERE partner_id = $1 AND contact_id = ANY ($2::uuid[]) GROUP BY contact_id`,
        [partnerOf(actor), contactIds],
      ),
    );
    return new Map(rows.map(({ id, topics }) => [id, new Set(topics)]));
  }

  /**
   * As `intervalDays`, locked until the transaction ends.
   * No other process decides meanwhile when these contacts get their next mail.
   */
  async lockedIntervalDays(actor: SystemActor, contactIds: readonly ContactId[]): Promise<Map<ContactId, number>> {
    const rows = await this.database.query<{ id: ContactId; days: number }>(
      `SELECT contact_id AS id, at_most_every_days AS days FROM contacts.preference
       WHERE partner_id = $1 AND contact_id = ANY ($2::uuid[]) ORDER BY contact_id FOR UPDATE`,
      [partnerOf(actor), contactIds],
    );
    return new Map(rows.map(({ id, days }) => [id, days]));
  }

  /** Days between mails for those who have said so; the others are left out. */
  async intervalDays(actor: Actor, contactIds: readonly ContactId[]): Promise<Map<ContactId, number>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ContactId; days: number }>(
        'SELECT contact_id AS id, at_most_every_days AS days FROM contacts.preference WHERE partner_id = $1 AND contact_id = ANY ($2::uuid[])',
        [partnerOf(actor), contactIds],
      ),
    );
    return new Map(rows.map(({ id, days }) => [id, days]));
  }
}
