import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Contacts } from '#contacts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type ContactId, type Id, newId, type PartnerActor } from '#kernel';

/**
 * Events of a contact from a partner's own systems, for sequences that listen.
 */
@Injectable()
export class ContactEvents {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
  ) {}

  /**
   * Stores an event, and adds it to the inbox of every enrolment that listens.
   * Both in one transaction.
   * @param externalId the sender's id of it; the same id is the same event.
   *   Null: never repeated.
   * @returns whether it was new.
   * @throws DomainError `contact.not-found`.
   */
  async record(actor: PartnerActor, contactId: ContactId, name: string, externalId: string | null): Promise<boolean> {
    requirePermission(actor, 'contacts.edit');
    return this.database.inTransaction(actor, async () => {
      await this.contacts.get(actor, contactId);
      const now = this.clock.now();
      const [told] = await this.database.query(
        `INSERT INTO sequences.event (id, partner_id, contact_id, kind, name, external_id, at) VALUES ($1, $2, $3, 'event', $4, $5, $6)
         ON CONFLICT (partner_id, external_id) DO NOTHING RETURNING id`,
        [newId<Id<'contact-event'>>(), actor.partnerId, contactId, name, externalId, now],
      );
      if (told === undefined) return false;
      await this.database.query(
        `INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, at)
         SELECT id, partner_id, 'event', $2, $3 FROM sequences.enrolment WHERE contact_id = $1 AND listens AND state IN ('waiting', 'running')`,
        [contactId, name, now],
      );
      await this.audit.record(actor, {
        action: 'contact.event-reported',
        subject: { kind: 'contact', id: contactId },
        details: { name },
      });
      return true;
    });
  }
}
