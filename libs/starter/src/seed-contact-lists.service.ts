import { Injectable } from '@nestjs/common';
import { ContactLists, Contacts, Segments } from '#contacts';
import { SegmentRule } from '#contracts';
import { Database } from '#database';
import type { ContactListId, PartnerActor } from '#kernel';
import { type Seed, seedContacts, type SeedPartner } from './seed-file.js';

/** The sample partner that runs a campaign, so that its contacts do something. */
const WITH_SEGMENT = 'cascade';
const INTERESTED_LATELY = SegmentRule.parse({
  match: 'any',
  conditions: [
    { on: 'engaged', did: 'click', withinDays: 30 },
    { on: 'engaged', did: 'form', withinDays: 30 },
  ],
});

/** Contact lists of the sample partners. */
@Injectable()
export class SeedContactLists {
  constructor(
    private readonly database: Database,
    private readonly lists: ContactLists,
    private readonly contacts: Contacts,
    private readonly segments: Segments,
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
    if (partner.key === WITH_SEGMENT)
      await this.segments.create(actor, { name: 'Interested lately', rule: INTERESTED_LATELY });
    return listId;
  }
}
