import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type Actor, Clock, type ContactId, type SystemActor } from '#kernel';
import { partnerOf } from './authority.js';

/** A contact's wishes about a partner's mail. */
export interface EmailPreferences {
  /** Null: no limit. */
  readonly atMostEveryDays: number | null;
  readonly refusedTopics: readonly string[];
}

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');

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
   * Replaces a contact's preferences. What stays the same is not written.
   * Joins the open transaction.
   */
  async replace(actor: SystemActor, contactId: ContactId, wanted: EmailPreferences): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const before = await this.ofContact(actor, contactId);
      const { atMostEveryDays } = wanted;
      const refusedTopics = [...new Set(wanted.refusedTopics)].sort();
      if (before.atMostEveryDays === atMostEveryDays && isSame(before.refusedTopics, refusedTopics)) return;
      if (before.atMostEveryDays !== atMostEveryDays) await this.setInterval(actor, contactId, atMostEveryDays);
      await this.setRefusedTopics(actor, contactId, refusedTopics);
      await this.audit.record(actor, {
        action: 'preference.changed',
        subject: { kind: 'contact', id: contactId },
        details: { atMostEveryDays, refusedTopics },
      });
    });
  }

  /** What a contact has chosen. */
  async ofContact(actor: Actor, contactId: ContactId): Promise<EmailPreferences> {
    return {
      atMostEveryDays: (await this.intervalDays(actor, [contactId])).get(contactId) ?? null,
      refusedTopics: [...((await this.refusedTopics(actor, [contactId])).get(contactId) ?? [])].sort(),
    };
  }

  private async setInterval(actor: SystemActor, contactId: ContactId, atMostEveryDays: number | null): Promise<void> {
    if (atMostEveryDays === null)
      await this.database.query('DELETE FROM contacts.preference WHERE contact_id = $1', [contactId]);
    else
      await this.database.query(
        `INSERT INTO contacts.preference (contact_id, partner_id, at_most_every_days, set_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (contact_id) DO UPDATE SET at_most_every_days = excluded.at_most_every_days, set_at = excluded.set_at`,
        [contactId, partnerOf(actor), atMostEveryDays, this.clock.now()],
      );
  }

  private async setRefusedTopics(actor: SystemActor, contactId: ContactId, topics: readonly string[]): Promise<void> {
    await this.database.query(
      'DELETE FROM contacts.refused_topic WHERE contact_id = $1 AND topic <> ALL ($2::text[])',
      [contactId, topics],
    );
    await this.database.query(
      `INSERT INTO contacts.refused_topic (contact_id, partner_id, topic, set_at)
       SELECT $1, $2, topic, $3 FROM unnest($4::text[]) topic ON CONFLICT DO NOTHING`,
      [contactId, partnerOf(actor), this.clock.now(), topics],
    );
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
