import { Injectable } from '@nestjs/common';
import { ContactLists, Contacts } from '#contacts';
import { Database } from '#database';
import type { ContactListId, PartnerActor } from '#kernel';
import { type Seed, seedContacts, type SeedPartner } from './seed-file.js';

/** Contact lists of the sample partners. */
@Injectable()
export class SeedContactLists {
  constructor(
    private readonly database: Database,
    private readonly lists: ContactLists,
    private readonly contacts: Contacts,
  ) {}

  /** One transaction: each commit waits for the disk. */
  create(actor: PartnerActor, seed: Seed, partner: SeedPartner): Promise<ContactListId> {
    return this.database.inTransaction(actor, () => this.fill(actor, seed, partner));
  }

  private async fill(actor: PartnerActor, seed: Seed, partner: SeedPartner): Promise<ContactListId> {
    const { id: listId } = await this.lists.create(actor, { name: 'Customers', isDefault: true });
    const bases = ['customer', 'customer', 'opt-in', 'customer', 'legitimate-interest', 'unknown'] as const;
    for (const [at, contact] of seedContacts(seed, partner).entries()) {
      await this.contacts.create(actor, {
        ...contact,
        country: partner.countryCode,
        listIds: [listId],
        consent: { basis: bases[at % bases.length] ?? 'customer', evidence: 'Customer database' },
      });
    }
    return listId;
  }
}
