import { Injectable } from '@nestjs/common';
import { Contacts } from '#contacts';
import { Database } from '#database';
import { type ActivationId, type PartnerActor, systemActor } from '#kernel';
import { Deals, DealShares, Disclosures, LeadMoves, Leads } from '#leads';

/** A visitor of a landing page, so that no list of the sample data changes. */
const VISITOR = {
  email: 'priya.raman@harbour-logistics.example',
  firstName: 'Priya',
  lastName: 'Raman',
  company: 'Harbour Logistics',
  phone: '+1 206 555 0178',
  country: 'US',
  language: 'en',
};

/** A lead that a sample partner has shared with its vendor, and its deal. */
@Injectable()
export class SeedSharedLead {
  constructor(
    private readonly database: Database,
    private readonly contacts: Contacts,
    private readonly leads: Leads,
    private readonly moves: LeadMoves,
    private readonly disclosures: Disclosures,
    private readonly deals: Deals,
    private readonly dealShares: DealShares,
  ) {}

  /** @param actor an owner of the activation's partner. */
  async add(actor: PartnerActor, activationId: ActivationId): Promise<void> {
    const { id: contactId } = await this.contacts.create(actor, {
      ...VISITOR,
      consent: { basis: 'opt-in', evidence: 'Form of the landing page' },
    });
    const process = systemActor('seed', { partnerId: actor.partnerId });
    const { id: leadId } = await this.database.inTransaction(process, () =>
      this.leads.fromForm(process, {
        contactId,
        activationId,
        message: 'We replace the routers of eleven branches in spring. Please call me about a site check.',
        phone: VISITOR.phone,
        answers: { firstName: VISITOR.firstName, lastName: VISITOR.lastName, company: VISITOR.company },
      }),
    );
    await this.moves.move(actor, leadId, 'accepted');
    await this.disclosures.disclose(actor, leadId, {
      fields: ['name', 'company', 'email', 'phone', 'message'],
      purpose: 'We need an engineer of yours for the site check',
    });
    const deal = await this.deals.saveOfLead(actor, leadId, {
      stage: 'proposal',
      amount: { minorUnits: 4_250_000, currency: 'USD' },
      products: ['Branch router'],
    });
    await this.dealShares.showToVendor(actor, deal.id, 'Routers for eleven branches');
  }
}
