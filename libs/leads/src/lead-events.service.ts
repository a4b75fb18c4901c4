import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type Id, newId, type PartnerActor, type SystemActor } from '#kernel';
import { WebhookEvents } from '#webhooks';
import type { Lead } from './lead.js';

/** What an event says of its lead. */
type RecordedLead = Pick<Lead, 'id' | 'status' | 'amount' | 'partnerId' | 'activationId' | 'contactId'>;

/** Changes of leads: their rows in the history, and their webhook events. */
@Injectable()
export class LeadEvents {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly webhooks: WebhookEvents,
  ) {}

  /** A change of status. Joins the open transaction. */
  async recordStatus(actor: PartnerActor | SystemActor, lead: RecordedLead): Promise<void> {
    await this.insert(actor, lead, 'status');
    await this.emit(lead, `lead.${lead.status === 'new' ? 'created' : lead.status}`);
  }

  /** A lost lead is new again. Joins the open transaction. */
  async recordReopened(actor: SystemActor, lead: RecordedLead): Promise<void> {
    await this.insert(actor, lead, 'status');
    await this.emit(lead, 'lead.reopened');
  }

  /** A correction of the amount. Joins the open transaction. */
  async recordAmount(actor: PartnerActor, lead: RecordedLead): Promise<void> {
    await this.insert(actor, lead, 'amount');
    await this.emit(lead, 'lead.amount-changed');
  }

  private async insert(
    actor: PartnerActor | SystemActor,
    { id, status, amount, partnerId }: RecordedLead,
    kind: 'status' | 'amount',
  ): Promise<void> {
    await this.database.query(
      'INSERT INTO leads.lead_event (id, lead_id, partner_id, kind, status, amount_minor, currency, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [
        newId<Id<'lead-event'>>(),
        id,
        partnerId,
        kind,
        status,
        amount?.minorUnits ?? null,
        amount?.currency ?? null,
        actor.name,
        this.clock.now(),
      ],
    );
  }

  private async emit(
    { id, status, amount, partnerId, activationId, contactId }: RecordedLead,
    event: `lead.${'created' | 'reopened' | 'amount-changed' | Exclude<Lead['status'], 'new'>}`,
  ): Promise<void> {
    await this.webhooks.emit({ kind: 'partner', id: partnerId }, event, {
      leadId: id,
      activationId,
      contactId,
      status,
      amount,
    });
  }
}
