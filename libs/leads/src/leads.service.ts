import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Activations } from '#activations';
import { Database } from '#database';
import { Engagement } from '#engagement';
import { requirePermission } from '#identity';
import {
  type ActivationId,
  Clock,
  type ContactId,
  type Id,
  type LeadId,
  newId,
  notFound,
  type PartnerActor,
  type SystemActor,
} from '#kernel';
import type { Amount } from '#contracts';
import { WebhookEvents } from '#webhooks';
import { LeadReminders } from './lead-reminders.service.js';
import { checkLeadMove, type Lead, type LeadStatus } from './lead.js';

const COLUMNS = `id, partner_id AS "partnerId", contact_id AS "contactId", activation_id AS "activationId", source, status, message,
  CASE WHEN amount_minor IS NULL THEN NULL ELSE jsonb_build_object('minorUnits', amount_minor, 'currency', currency) END AS amount, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** People who came back by themselves. */
@Injectable()
export class Leads {
  // More parameters than elsewhere: what becomes of a lead is told in four places.
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly activations: Activations,
    private readonly engagement: Engagement,
    private readonly reminders: LeadReminders,
    private readonly webhooks: WebhookEvents,
  ) {}

  /** One lead per contact and activation: a form sent twice is one lead. Joins the open transaction of the partner's scope. */
  async fromForm(
    actor: SystemActor,
    input: { contactId: ContactId; activationId: ActivationId; message: string | null },
  ): Promise<void> {
    await this.receive(actor, { ...input, source: 'form' });
  }

  /** A person whom the campaign itself calls a lead; who is one already stays what they are. Joins the open transaction of the partner's scope. */
  async fromSequence(actor: SystemActor, input: { contactId: ContactId; activationId: ActivationId }): Promise<void> {
    await this.receive(actor, { ...input, message: null, source: 'sequence' });
  }

  private async receive(
    actor: SystemActor,
    input: { contactId: ContactId; activationId: ActivationId; message: string | null; source: Lead['source'] },
  ): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(actor, async () => {
      const [lead] = await this.database.query<{ id: LeadId; isNew: boolean }>(
        `INSERT INTO leads.lead (id, partner_id, contact_id, activation_id, source, status, message, created_at, updated_at) VALUES ($1, $2, $3, $4, $7, 'new', $5, $6, $6)
         ON CONFLICT (partner_id, contact_id, activation_id) DO UPDATE SET message = coalesce(excluded.message, lead.message), updated_at = excluded.updated_at
         RETURNING id, created_at = updated_at AND id = $1 AS "isNew"`,
        [newId<LeadId>(), actor.partnerId, input.contactId, input.activationId, input.message, now, input.source],
      );
      if (lead === undefined || actor.partnerId === null) throw new Error('The lead was not written.');
      if (!lead.isNew) return;
      await this.touch(actor, input, 'lead');
      await this.note(actor, { ...input, id: lead.id, status: 'new', amount: null, partnerId: actor.partnerId });
      await this.reminders.plan(lead.id, actor.partnerId);
      await this.audit.record(actor, {
        action: 'lead.received',
        subject: { kind: 'lead', id: lead.id },
        details: { activationId: input.activationId },
      });
    });
  }

  /** @throws DomainError `lead.not-found`. */
  async get(actor: PartnerActor, id: LeadId): Promise<Lead> {
    const [lead] = await this.database.inTransaction(actor, () =>
      this.database.query<Lead>(`SELECT ${COLUMNS} FROM leads.lead WHERE id = $1`, [id]),
    );
    if (lead === undefined) throw notFound('lead', id);
    return lead;
  }

  async list(actor: PartnerActor, page: { limit: number; beforeId: string | null }): Promise<Lead[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Lead>(
        `SELECT ${COLUMNS} FROM leads.lead WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
        [page.beforeId, page.limit],
      ),
    );
  }

  /** @throws DomainError `lead.not-found`, `lead.state`. */
  async move(actor: PartnerActor, id: LeadId, to: LeadStatus, worth?: Amount): Promise<Lead> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const [lead] = await this.database.query<Lead>(`SELECT ${COLUMNS} FROM leads.lead WHERE id = $1 FOR UPDATE`, [
        id,
      ]);
      if (lead === undefined) throw notFound('lead', id);
      checkLeadMove(lead.status, to);
      const amount = worth ?? lead.amount;
      await this.database.query(
        'UPDATE leads.lead SET status = $2, updated_at = $3, amount_minor = $4, currency = $5 WHERE id = $1',
        [id, to, this.clock.now(), amount?.minorUnits ?? null, amount?.currency ?? null],
      );
      await this.note(actor, { ...lead, status: to, amount });
      if (to === 'won') await this.touch(actor, lead, 'won');
      await this.audit.record(actor, { action: `lead.${to}`, subject: { kind: 'lead', id } });
      return { ...lead, status: to, amount };
    });
  }

  private async note(
    actor: PartnerActor | SystemActor,
    lead: Pick<Lead, 'id' | 'status' | 'amount' | 'partnerId' | 'activationId' | 'contactId'>,
  ): Promise<void> {
    const { id, status, amount, partnerId, activationId, contactId } = lead;
    await this.database.query(
      'INSERT INTO leads.lead_event (id, lead_id, partner_id, status, amount_minor, currency, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [
        newId<Id<'lead-event'>>(),
        id,
        partnerId,
        status,
        amount?.minorUnits ?? null,
        amount?.currency ?? null,
        actor.name,
        this.clock.now(),
      ],
    );
    await this.webhooks.emit({ kind: 'partner', id: partnerId }, `lead.${status === 'new' ? 'created' : status}`, {
      leadId: id,
      activationId,
      contactId,
      status,
      amount,
    });
  }

  private async touch(
    actor: PartnerActor | SystemActor,
    { activationId, contactId }: { activationId: ActivationId; contactId: ContactId },
    kind: 'lead' | 'won',
  ): Promise<void> {
    const { partnerId, vendorId } = await this.activations.get(actor, activationId);
    await this.engagement.recordLead({ partnerId, vendorId, activationId, contactId }, kind);
  }
}
