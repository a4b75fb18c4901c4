import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Contacts } from '#contacts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type ContactId, type Id, newId, type PartnerActor, type PartnerId, type SystemActor } from '#kernel';

const HOUR_MS = 3_600_000;
/** A person does not open more pages. */
const EVENTS_OF_AN_HOUR = 60;

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
      if (!(await this.store(actor.partnerId, contactId, { name, externalId, at: now }))) return false;
      await this.audit.record(actor, {
        action: 'contact.event-reported',
        subject: { kind: 'contact', id: contactId },
        details: { name },
      });
      return true;
    });
  }

  /**
   * Stores what a contact did on its partner's website, which everybody can claim who has the person's
   * token: so only so much in an hour.
   * @param actor a process in the partner's scope.
   * @returns false if the contact is unknown, or reported too much.
   */
  async recordOnWebsite(actor: SystemActor, contactId: ContactId, name: string): Promise<boolean> {
    const { partnerId } = actor;
    if (partnerId === null || (await this.contacts.byIds(actor, [contactId])).length === 0) return false;
    return this.database.inTransaction(actor, async () => {
      const at = this.clock.now();
      const [lately] = await this.database.query<{ events: number }>(
        'SELECT count(*)::int AS events FROM sequences.event WHERE contact_id = $1 AND partner_id = $2 AND at > $3',
        [contactId, partnerId, new Date(at.getTime() - HOUR_MS)],
      );
      if ((lately?.events ?? 0) >= EVENTS_OF_AN_HOUR) return false;
      return this.store(partnerId, contactId, { name, externalId: null, at });
    });
  }

  /** In the open transaction. @returns whether it is new. */
  private async store(
    partnerId: PartnerId,
    contactId: ContactId,
    { name, externalId, at }: { readonly name: string; readonly externalId: string | null; readonly at: Date },
  ): Promise<boolean> {
    const [told] = await this.database.query(
      `INSERT INTO sequences.event (id, partner_id, contact_id, kind, name, external_id, at) VALUES ($1, $2, $3, 'event', $4, $5, $6)
       ON CONFLICT (partner_id, external_id) DO NOTHING RETURNING id`,
      [newId<Id<'contact-event'>>(), partnerId, contactId, name, externalId, at],
    );
    if (told === undefined) return false;
    await this.database.query(
      `INSERT INTO sequences.inbox (enrolment_id, partner_id, kind, name, at)
       SELECT id, partner_id, 'event', $2, $3 FROM sequences.enrolment WHERE contact_id = $1 AND listens AND state IN ('waiting', 'running')`,
      [contactId, name, at],
    );
    return true;
  }
}
