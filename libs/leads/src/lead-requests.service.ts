import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, type Id, newId, type SystemActor } from '#kernel';
import { LeadEvents } from './lead-events.service.js';
import { LeadReminders } from './lead-reminders.service.js';
import type { Lead } from './lead.js';

/** The forms that a lead's person sent, and what they do to the lead. */
@Injectable()
export class LeadRequests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly reminders: LeadReminders,
    private readonly events: LeadEvents,
  ) {}

  /**
   * Stores a sent form. A lead that was one before counts as waiting until a
   * user reacts, whatever its state; a lost one is new again. It is counted
   * once in all numbers: no interaction is recorded.
   * Joins the open transaction of the partner's scope.
   * @param isNew the form created the lead.
   */
  async record(
    actor: SystemActor,
    { id, message, phone }: Pick<Lead, 'id' | 'message' | 'phone'>,
    isNew: boolean,
  ): Promise<void> {
    const now = this.clock.now();
    // The lead's own time: the form comes before the state that it led to.
    await this.database.query(
      `INSERT INTO leads.request (id, lead_id, partner_id, message, phone, at)
       SELECT $1, id, partner_id, $3, $4, updated_at FROM leads.lead WHERE id = $2`,
      [newId<Id<'request'>>(), id, message, phone],
    );
    if (isNew) return;
    const [lead] = await this.database.query<
      Pick<Lead, 'id' | 'partnerId' | 'activationId' | 'contactId' | 'amount'> & { wasLost: boolean }
    >(
      `UPDATE leads.lead SET requested_at = $2, asked_again = true, status = CASE lead.status WHEN 'lost' THEN 'new' ELSE lead.status END
       FROM (SELECT id, status = 'lost' AS was_lost FROM leads.lead WHERE id = $1 FOR UPDATE) before WHERE lead.id = before.id
       RETURNING lead.id, partner_id, activation_id, contact_id, was_lost,
         CASE WHEN amount_minor IS NULL THEN NULL ELSE jsonb_build_object('minorUnits', amount_minor, 'currency', currency) END AS amount`,
      [id, now],
    );
    if (lead === undefined) throw new Error(`No lead ${id} that asked again.`);
    if (lead.wasLost) {
      await this.events.recordReopened(actor, { ...lead, status: 'new' });
      await this.reminders.plan(actor, { ...lead, status: 'new' });
    }
    await this.audit.record(actor, {
      action: 'lead.asked-again',
      subject: { kind: 'lead', id },
      details: { activationId: lead.activationId },
    });
  }
}
