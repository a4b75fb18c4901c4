import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { ChangeDeal } from '#contracts';
import { Database } from '#database';
import { Interactions } from '#engagement';
import { requirePermission } from '#identity';
import { Clock, type LeadId, type PartnerActor } from '#kernel';
import type { Deal } from './deals/deal.js';
import { DealRecords } from './deals/deal-records.service.js';
import { LeadEvents } from './lead-events.service.js';
import { LeadReminders } from './lead-reminders.service.js';
import { checkLeadMove, type Lead, type LeadStatus } from './lead.js';
import { Leads } from './leads.service.js';

/** Changes of the status of leads, which their deals follow. */
@Injectable()
export class LeadMoves {
  // At the parameter limit: deal, history, reminders and numbers follow a status.
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly leads: Leads,
    private readonly events: LeadEvents,
    private readonly reminders: LeadReminders,
    private readonly interactions: Interactions,
    private readonly deals: DealRecords,
  ) {}

  /**
   * Moves a lead to another status, and its deal to the stage of it.
   * @param change of the deal, besides its stage.
   * @throws DomainError `lead.not-found`, `lead.state`, `lead.withdrawn`, `deal.refunded`
   *   where money of the deal was refunded.
   */
  async move(actor: PartnerActor, id: LeadId, to: LeadStatus, change: ChangeDeal = {}): Promise<Lead> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const lead = await this.leads.locked(id);
      checkLeadMove(lead.status, to);
      await this.database.query(
        'UPDATE leads.lead SET status = $2, updated_at = $3, asked_again = false WHERE id = $1',
        [id, to, this.clock.now()],
      );
      const deal = await this.deals.followLead(actor, lead, to, change);
      const moved: Lead = {
        ...lead,
        status: to,
        amount: deal?.amount ?? null,
        deal: shownDeal(deal),
        askedAgain: false,
      };
      await this.events.recordStatus(actor, moved);
      await this.reminders.plan(actor, moved);
      if (to === 'won') await this.leads.markUpdated(actor, lead, 'won');
      else if (lead.status === 'won') await this.interactions.reverseWon(lead, 'reopened');
      await this.audit.record(actor, { action: `lead.${to}`, subject: { kind: 'lead', id } });
      return moved;
    });
  }
}

function shownDeal(deal: Deal | null): Lead['deal'] {
  if (deal === null) return null;
  const { id, version, stage, expectedOn, closedOn, products, lostReason } = deal;
  return { id, version, stage, expectedOn, closedOn, products, lostReason };
}
