import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, type Id, type LeadId, MINUTE_MS, newId, type SystemActor } from '#kernel';
import { LeadEvents } from './lead-events.service.js';
import { LeadReminders } from './lead-reminders.service.js';
import type { Lead } from './lead.js';

/** A sent form as its lead keeps it. */
export interface SentForm {
  readonly message: string | null;
  /** As typed. */
  readonly phone: string | null;
  /** The other fields of the form. */
  readonly answers: Readonly<Record<string, string>>;
}

/**
 * Within it, the same form of the same person is a second click. After that, the
 * person misses something, such as the e-mail that asks for a confirmation.
 */
const SAME_FORM_MS = 2 * MINUTE_MS;

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
   * Whether the contact has sent just this form a moment ago: a button was
   * clicked twice, or a browser has sent it again.
   */
  async isRepeated(
    { activationId, contactId }: Pick<Lead, 'activationId' | 'contactId'>,
    { message, phone, answers }: SentForm,
  ): Promise<boolean> {
    const sent = await this.database.query(
      `SELECT 1 FROM leads.lead l JOIN leads.request r ON r.lead_id = l.id
       WHERE l.activation_id = $1 AND l.contact_id = $2 AND r.at > $3
         AND r.message IS NOT DISTINCT FROM $4 AND r.phone IS NOT DISTINCT FROM $5 AND r.answers = $6 LIMIT 1`,
      [
        activationId,
        contactId,
        new Date(this.clock.now().getTime() - SAME_FORM_MS),
        message,
        phone,
        JSON.stringify(answers),
      ],
    );
    return sent.length > 0;
  }

  /**
   * Stores a sent form. A lead that was one before counts as waiting until a
   * user reacts, whatever its state; a lost one is new again. It is counted
   * once in all numbers: no interaction is recorded.
   * Joins the open transaction of the partner's scope.
   * @param isNew the form created the lead.
   */
  async record(actor: SystemActor, id: LeadId, { message, phone, answers }: SentForm, isNew: boolean): Promise<void> {
    const now = this.clock.now();
    // The lead's own time: the form comes before the state that it led to.
    await this.database.query(
      `INSERT INTO leads.request (id, lead_id, partner_id, message, phone, answers, at)
       SELECT $1, id, partner_id, $3, $4, $5, updated_at FROM leads.lead WHERE id = $2`,
      [newId<Id<'request'>>(), id, message, phone, JSON.stringify(answers)],
    );
    if (isNew) return;
    const [lead] = await this.database.query<
      Pick<Lead, 'id' | 'partnerId' | 'activationId' | 'contactId' | 'amount'> & { wasLost: boolean }
    >(
      `UPDATE leads.lead SET requested_at = $2, asked_again = true, status = CASE lead.status WHEN 'lost' THEN 'new' ELSE lead.status END
       FROM (SELECT id, status = 'lost' AS was_lost FROM leads.lead WHERE id = $1 FOR UPDATE) before WHERE lead.id = before.id
       RETURNING lead.id, partner_id, activation_id, contact_id, was_lost,
         (SELECT jsonb_build_object('minorUnits', d.amount_minor, 'currency', d.currency) FROM leads.deal d
           WHERE d.lead_id = lead.id AND d.withdrawn_at IS NULL AND d.amount_minor IS NOT NULL) AS amount`,
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
