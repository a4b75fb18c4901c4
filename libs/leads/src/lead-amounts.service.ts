import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { Amount } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import type { LeadId, PartnerActor } from '#kernel';
import { DealRecords } from './deals/deal-records.service.js';
import { LeadEvents } from './lead-events.service.js';
import { type Lead, requireWon } from './lead.js';
import { Leads } from './leads.service.js';

/** Corrections of what won leads are worth. */
@Injectable()
export class LeadAmounts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly leads: Leads,
    private readonly events: LeadEvents,
    private readonly deals: DealRecords,
  ) {}

  /**
   * Corrects the amount of a won lead. Sums that are read afterwards have the
   * new amount; the history has both.
   * @param amount null: unknown.
   * @throws DomainError `lead.not-found`, `lead.not-won`, `deal.refunded`.
   */
  async change(actor: PartnerActor, id: LeadId, amount: Amount | null): Promise<Lead> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const lead = await this.leads.locked(id);
      requireWon(lead);
      if (isSame(lead.amount, amount)) return lead;
      const deal = await this.deals.lockOfLead(id);
      await this.deals.change(actor, deal ?? this.deals.newOf(lead), { stage: 'won', amount }, deal === null);
      const changed = { ...lead, amount };
      await this.events.recordAmount(actor, changed);
      await this.audit.record(actor, {
        action: 'lead.amount-changed',
        subject: { kind: 'lead', id },
        details: { from: lead.amount, to: amount },
      });
      return changed;
    });
  }
}

const isSame = (one: Amount | null, other: Amount | null): boolean =>
  one?.minorUnits === other?.minorUnits && one?.currency === other?.currency;
