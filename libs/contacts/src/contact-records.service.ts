import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { ContactId, ContactListId, PartnerActor } from '#kernel';
import type { ConsentInput } from './contact.js';
import { ContactLists } from './contact-lists.service.js';
import { Contacts } from './contacts.service.js';
import { Suppressions } from './suppressions.service.js';

/** What one edit of a contact changes. Parts that are left out stay. */
export interface ContactEdit {
  readonly fields: Parameters<Contacts['change']>[2];
  readonly consent?: ConsentInput;
  readonly addTo: readonly ContactListId[];
  readonly removeFrom: readonly ContactListId[];
}

/**
 * A contact with its lists, consent records and suppression, read and edited as
 * one.
 */
@Injectable()
export class ContactRecords {
  constructor(
    private readonly database: Database,
    private readonly contacts: Contacts,
    private readonly lists: ContactLists,
    private readonly suppressions: Suppressions,
  ) {}

  /** @throws DomainError `contact.not-found` */
  async get(actor: PartnerActor, id: ContactId) {
    return this.database.inTransaction(actor, async () => ({
      contact: await this.contacts.get(actor, id),
      listIds: await this.contacts.listIds(actor, id),
      consent: await this.contacts.consentRecords(actor, id),
      suppression: await this.suppressions.ofContact(actor, id),
    }));
  }

  /** Applies all of the edit, or nothing. */
  async edit(actor: PartnerActor, id: ContactId, { fields, consent, addTo, removeFrom }: ContactEdit): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      await this.contacts.change(actor, id, fields);
      if (consent !== undefined) await this.contacts.recordConsent(actor, id, consent);
      for (const listId of addTo) await this.lists.addContacts(actor, listId, [id]);
      for (const listId of removeFrom) await this.lists.removeContact(actor, listId, id);
    });
  }
}
