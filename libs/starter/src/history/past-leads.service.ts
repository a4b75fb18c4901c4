import { Injectable } from '@nestjs/common';
import { Contacts } from '#contacts';
import type { ChangeDeal } from '#contracts';
import { Database } from '#database';
import { Clock, DAY_MS } from '#kernel';
import { Deals, LeadMoves, Leads } from '#leads';
import type { SeededPartner } from '../seed-partners.service.js';
import { nextMove } from './lead-work.js';

/** More than a sample partner has. */
const MOST = 100;

/** Users of sample partners work on their leads. */
@Injectable()
export class PastLeads {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly contacts: Contacts,
    private readonly leads: Leads,
    private readonly moves: LeadMoves,
    private readonly deals: Deals,
  ) {}

  /** One morning's work of a partner, in one transaction: each takes a few messages to PostgreSQL of its own. */
  work({ actor, partner }: SeededPartner): Promise<void> {
    return this.database.inTransaction(actor, async () => {
      const now = this.clock.now();
      const leads = await this.leads.list(actor, { limit: MOST, beforeId: null, waiting: false });
      if (leads.length === 0) return;
      const people = await this.contacts.byIds(
        actor,
        leads.map(({ contactId }) => contactId),
      );
      const addresses = new Map(people.map(({ id, email }) => [id, email]));
      for (const lead of leads) {
        const email = addresses.get(lead.contactId);
        const next = email === undefined ? null : nextMove({ ...lead, email }, now, partner.countryCode);
        if (next?.to === 'accepted' || next?.to === 'lost') await this.moves.move(actor, lead.id, next.to);
        if (next?.to === 'deal')
          await this.deals.saveOfLead(actor, lead.id, withDay(next.deal, next.expectedInDays, now));
      }
    });
  }
}

function withDay(deal: ChangeDeal, days: number | null, now: Date): ChangeDeal {
  if (days === null) return deal;
  return { ...deal, expectedOn: new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10) };
}
