import { Injectable } from '@nestjs/common';
import type { ChangeDeal } from '#contracts';
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
    private readonly clock: Clock,
    private readonly leads: Leads,
    private readonly moves: LeadMoves,
    private readonly deals: Deals,
  ) {}

  /** One morning's work of a partner. */
  async work({ actor, partner }: SeededPartner): Promise<void> {
    const now = this.clock.now();
    for (const lead of await this.leads.list(actor, { limit: MOST, beforeId: null, waiting: false })) {
      const next = nextMove(lead, now, partner.countryCode);
      if (next === null) continue;
      if (next.to === 'accepted') await this.moves.move(actor, lead.id, 'accepted');
      else await this.deals.saveOfLead(actor, lead.id, withDay(next.deal, next.expectedInDays, now));
    }
  }
}

function withDay(deal: ChangeDeal, days: number | null, now: Date): ChangeDeal {
  if (days === null) return deal;
  return { ...deal, expectedOn: new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10) };
}
