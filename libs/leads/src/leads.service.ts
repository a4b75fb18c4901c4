import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Activations } from '#activations';
import { Database } from '#database';
import { Interactions } from '#engagement';
import { requirePermission } from '#identity';
import {
  type ActivationId,
  Clock,
  type ContactId,
  DomainError,
  type Id,
  type LeadId,
  newId,
  notFound,
  type PartnerActor,
  type SystemActor,
} from '#kernel';
import type { ClickRule } from '#sequencing';
import { LeadEvents } from './lead-events.service.js';
import { LeadReminders } from './lead-reminders.service.js';
import { LeadRequests, type SentForm } from './lead-requests.service.js';
import { checkLeadMove, type Lead, requireHandled } from './lead.js';

const COLUMNS = `id, partner_id, contact_id, activation_id, source, status, message, phone,
  (SELECT jsonb_build_object('minorUnits', d.amount_minor, 'currency', d.currency) FROM leads.deal d
    WHERE d.lead_id = lead.id AND d.withdrawn_at IS NULL AND d.amount_minor IS NOT NULL) AS amount,
  (SELECT jsonb_build_object('id', d.id, 'version', d.version, 'stage', d.stage, 'expectedOn', d.expected_on, 'closedOn', d.closed_on,
    'products', d.products, 'lostReason', d.lost_reason) FROM leads.deal d WHERE d.lead_id = lead.id AND d.withdrawn_at IS NULL) AS deal,
  qualified_by, machine_clicks_at, created_at, updated_at, requested_at, asked_again,
  (SELECT jsonb_build_object('at', f.at, 'by', f.by_name, 'note', f.note) FROM leads.follow_up f
    WHERE f.lead_id = lead.id ORDER BY f.id DESC LIMIT 1) AS followed_up,
  coalesce((SELECT r.answers || jsonb_strip_nulls(jsonb_build_object('phone', r.phone)) FROM leads.request r
    WHERE r.lead_id = lead.id ORDER BY r.id DESC LIMIT 1), '{}') AS answers`;

/**
 * A new lead without an answer, one whose person asked again, or an accepted
 * one past its reminder time.
 * A lead whose contact is deleted does not count.
 */
const IS_WAITING = `EXISTS (SELECT 1 FROM contacts.contact_view c WHERE c.id = lead.contact_id) AND (status = 'new' OR asked_again OR (status IN ('accepted', 'working')
  AND NOT EXISTS (SELECT 1 FROM leads.reminder r WHERE r.lead_id = lead.id AND r.level = 'reminder' AND r.due_at > $1)))`;

/** Leads: contacts that showed interest. */
@Injectable()
export class Leads {
  // At the parameter limit: a lead's changes are reported to five services.
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly activations: Activations,
    private readonly interactions: Interactions,
    private readonly reminders: LeadReminders,
    private readonly events: LeadEvents,
    private readonly requests: LeadRequests,
  ) {}

  /**
   * One lead per contact and activation: a form sent twice is one lead, with
   * both requests in its history. A lost lead is new again.
   * Joins the open transaction of the partner's scope.
   * @returns the lead's id. `isNew`: it was none before.
   */
  async fromForm(
    actor: SystemActor,
    input: Pick<Lead, 'contactId' | 'activationId'> & SentForm,
  ): Promise<{ id: LeadId; isNew: boolean }> {
    return this.database.inTransaction(actor, async () => {
      const received = await this.receive(actor, { ...input, source: 'form', qualifiedBy: null });
      await this.requests.record(actor, received.id, input, received.isNew);
      return received;
    });
  }

  /**
   * A lead made by a step of the campaign; an existing lead stays as it is.
   * Joins the open transaction of the partner's scope.
   */
  async fromSequence(actor: SystemActor, input: { contactId: ContactId; activationId: ActivationId }): Promise<void> {
    await this.receive(actor, { ...input, message: null, phone: null, source: 'sequence', qualifiedBy: null });
  }

  /**
   * A lead whose clicks fulfilled the rule.
   * Joins the open transaction of the partner's scope.
   * @returns its id if it is new, else null.
   */
  async fromClicks(
    actor: SystemActor,
    input: { contactId: ContactId; activationId: ActivationId; qualifiedBy: ClickRule },
  ): Promise<LeadId | null> {
    const { id, isNew } = await this.receive(actor, { ...input, message: null, phone: null, source: 'clicks' });
    return isNew ? id : null;
  }

  /**
   * A contact's lead in an activation, locked in the open transaction of the
   * partner's scope.
   */
  async lockOf(activationId: ActivationId, contactId: ContactId): Promise<Lead | null> {
    const [lead] = await this.database.query<Lead>(
      `SELECT ${COLUMNS} FROM leads.lead WHERE activation_id = $1 AND contact_id = $2 FOR UPDATE`,
      [activationId, contactId],
    );
    return lead ?? null;
  }

  /**
   * Withdraws a lead that was not accepted: it no longer counts in any number.
   * Joins the open transaction of the partner's scope.
   */
  async withdraw(actor: SystemActor, lead: Lead, why: string): Promise<void> {
    checkLeadMove(lead.status, 'withdrawn');
    await this.database.query(`UPDATE leads.lead SET status = 'withdrawn', updated_at = $2 WHERE id = $1`, [
      lead.id,
      this.clock.now(),
    ]);
    await this.events.recordStatus(actor, { ...lead, status: 'withdrawn' });
    await this.interactions.classifyLead(lead, 'machine', why);
    await this.reminders.cancel(lead.id);
    await this.audit.record(actor, {
      action: 'lead.withdrawn',
      subject: { kind: 'lead', id: lead.id },
      details: { activationId: lead.activationId, why },
    });
  }

  /**
   * Records that the clicks of an accepted lead are a machine's, or a person's
   * after all. Joins the open transaction.
   */
  async recordClickVerdict(actor: SystemActor, { id }: Lead, isMachine: boolean): Promise<void> {
    await this.database.query('UPDATE leads.lead SET machine_clicks_at = $2 WHERE id = $1', [
      id,
      isMachine ? this.clock.now() : null,
    ]);
    await this.audit.record(actor, {
      action: isMachine ? 'lead.clicks-machine' : 'lead.clicks-human',
      subject: { kind: 'lead', id },
    });
  }

  /** `isNew`: it is a lead that there was not, or not any more. */
  private async receive(
    actor: SystemActor,
    input: Pick<Lead, 'contactId' | 'activationId' | 'message' | 'phone' | 'source' | 'qualifiedBy'>,
  ): Promise<{ id: LeadId; isNew: boolean }> {
    const now = this.clock.now();
    return this.database.inTransaction(actor, async () => {
      // A contact that did more than click is a lead, whatever its clicks turn
      // out to be.
      const [lead] = await this.database.query<{ id: LeadId; isNew: boolean }>(
        `INSERT INTO leads.lead (id, partner_id, contact_id, activation_id, source, status, message, created_at,
           updated_at, requested_at, qualified_by, phone) VALUES ($1, $2, $3, $4, $7, 'new', $5, $6, $6, $6, $8, $9)
         ON CONFLICT (partner_id, contact_id, activation_id) DO UPDATE SET message = coalesce(excluded.message, lead.message),
           phone = coalesce(excluded.phone, lead.phone), updated_at = excluded.updated_at,
           source = CASE lead.source WHEN 'clicks' THEN excluded.source ELSE lead.source END,
           qualified_by = coalesce(excluded.qualified_by, lead.qualified_by),
           machine_clicks_at = CASE excluded.source WHEN 'clicks' THEN lead.machine_clicks_at END
         RETURNING id, created_at = updated_at AND id = $1 AS is_new`,
        [
          newId<LeadId>(),
          actor.partnerId,
          input.contactId,
          input.activationId,
          input.message,
          now,
          input.source,
          input.qualifiedBy === null ? null : JSON.stringify(input.qualifiedBy),
          input.phone,
        ],
      );
      if (lead === undefined || actor.partnerId === null) throw new Error('The lead was not written.');
      const { id } = lead;
      if (!lead.isNew && !(await this.isBack(id))) return { id, isNew: false };
      await this.markUpdated(actor, input, 'lead');
      await this.interactions.classifyLead(input, 'human', 'a person after all');
      await this.events.recordStatus(actor, { ...input, id, status: 'new', amount: null, partnerId: actor.partnerId });
      await this.reminders.plan(actor, { ...input, id, status: 'new' });
      await this.audit.record(actor, {
        action: 'lead.received',
        subject: { kind: 'lead', id },
        details: { activationId: input.activationId, source: input.source },
      });
      return { id, isNew: true };
    });
  }

  /** A lead that was withdrawn is a new one again. */
  private async isBack(id: LeadId): Promise<boolean> {
    const back = await this.database.query(
      `UPDATE leads.lead SET status = 'new' WHERE id = $1 AND status = 'withdrawn' RETURNING id`,
      [id],
    );
    return back.length > 0;
  }

  /** @throws DomainError `lead.not-found`. */
  async get(actor: PartnerActor, id: LeadId): Promise<Lead> {
    const [lead] = await this.database.inTransaction(actor, () =>
      this.database.query<Lead>(`SELECT ${COLUMNS} FROM leads.lead WHERE id = $1`, [id]),
    );
    if (lead === undefined) throw notFound('lead', id);
    return lead;
  }

  /**
   * By the last request, newest first.
   * @param page `waiting`: only leads that need follow-up now.
   */
  async list(actor: PartnerActor, page: { limit: number; beforeId: string | null; waiting: boolean }): Promise<Lead[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Lead>(
        `SELECT ${COLUMNS} FROM leads.lead WHERE ($2::uuid IS NULL
           OR (requested_at, id) < (SELECT before.requested_at, before.id FROM leads.lead before WHERE before.id = $2))
         AND ($4 OR (${IS_WAITING})) ORDER BY requested_at DESC, id DESC LIMIT $3`,
        [this.clock.now(), page.beforeId, page.limit, !page.waiting],
      ),
    );
  }

  /** Leads of these people, newest first. */
  async ofContacts(actor: PartnerActor, contactIds: readonly ContactId[], limit: number): Promise<Lead[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Lead>(
        `SELECT ${COLUMNS} FROM leads.lead WHERE partner_id = $3 AND contact_id = ANY ($1::uuid[])
         ORDER BY requested_at DESC, id DESC LIMIT $2`,
        [contactIds, limit, actor.partnerId],
      ),
    );
  }

  /** In no particular order. */
  async byIds(actor: PartnerActor, ids: readonly LeadId[]): Promise<Lead[]> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, () =>
      this.database.query<Lead>(`SELECT ${COLUMNS} FROM leads.lead WHERE id = ANY ($1::uuid[])`, [ids]),
    );
  }

  /**
   * Of each contact, the newest lead that has no deal and was not withdrawn.
   * Joins the open transaction of the partner's scope.
   */
  async withoutDeal(contactIds: readonly ContactId[]): Promise<ReadonlyMap<ContactId, Lead>> {
    const leads = await this.database.query<Lead>(
      `SELECT DISTINCT ON (contact_id) ${COLUMNS} FROM leads.lead
       WHERE contact_id = ANY ($1::uuid[]) AND status <> 'withdrawn' AND NOT EXISTS (SELECT FROM leads.deal d WHERE d.lead_id = lead.id AND d.withdrawn_at IS NULL)
       ORDER BY contact_id, requested_at DESC, id DESC`,
      [contactIds],
    );
    return new Map(leads.map((lead) => [lead.contactId, lead]));
  }

  /**
   * Leads that need follow-up: new ones and those whose person asked again, and
   * accepted ones without activity for too long.
   */
  async waiting(actor: PartnerActor): Promise<{ fresh: number; quiet: number }> {
    const [counted] = await this.database.inTransaction(actor, () =>
      this.database.query<{ fresh: number; quiet: number }>(
        `SELECT count(*) FILTER (WHERE status = 'new' OR asked_again)::int AS fresh,
           count(*) FILTER (WHERE status <> 'new' AND NOT asked_again)::int AS quiet
         FROM leads.lead WHERE (status IN ('new', 'accepted', 'working') OR asked_again) AND ${IS_WAITING}`,
        [this.clock.now()],
      ),
    );
    return counted ?? { fresh: 0, quiet: 0 };
  }

  /**
   * Records that a user still works on an accepted lead, or has answered a
   * person who asked again; the reminder time starts again. Only the partner sees it.
   * @param note for the partner's users; deleted with the contact.
   * @throws DomainError `lead.not-found`, `lead.not-taken-up`,
   *   `lead.contact-erased`.
   */
  async followUp(actor: PartnerActor, id: LeadId, note: string | null): Promise<Lead> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const lead = await this.locked(id);
      requireHandled(lead);
      await this.requirePerson(lead);
      await this.database.query(
        'INSERT INTO leads.follow_up (id, lead_id, partner_id, note, by_name, at) VALUES ($1, $2, $3, $4, $5, $6)',
        [newId<Id<'follow-up'>>(), id, actor.partnerId, note, actor.name, this.clock.now()],
      );
      await this.database.query('UPDATE leads.lead SET asked_again = false WHERE id = $1', [id]);
      await this.handled(actor, lead);
      await this.audit.record(actor, { action: 'lead.followed-up', subject: { kind: 'lead', id } });
      return this.get(actor, id);
    });
  }

  /**
   * A lead, locked until the open transaction ends.
   * @throws DomainError `lead.not-found`.
   */
  async locked(id: LeadId): Promise<Lead> {
    const [lead] = await this.database.query<Lead>(`SELECT ${COLUMNS} FROM leads.lead WHERE id = $1 FOR UPDATE`, [id]);
    if (lead === undefined) throw notFound('lead', id);
    return lead;
  }

  /**
   * Locked, so that no note is written about a contact that is being erased.
   */
  private async requirePerson({ id, contactId }: Lead): Promise<void> {
    const [contact] = await this.database.query<{ exists: boolean }>('SELECT contacts.lock_contact($1) AS exists', [
      contactId,
    ]);
    if (contact?.exists === true) return;
    throw new DomainError(
      'lead.contact-erased',
      'This person was removed from your contacts, so this lead has no more follow-ups.',
      { leadId: id },
      { kind: 'conflict' },
    );
  }

  /**
   * Records activity without a change of status; the reminder time starts
   * again. A new lead still needs an answer. Joins the open transaction of the
   * partner's scope.
   */
  async handled(actor: PartnerActor, lead: Lead): Promise<void> {
    if (lead.status !== 'new') await this.reminders.plan(actor, lead);
  }

  /** Records the lead, or its win, where all numbers are counted. Joins the open transaction. */
  async markUpdated(
    actor: PartnerActor | SystemActor,
    { activationId, contactId }: { activationId: ActivationId; contactId: ContactId },
    kind: 'lead' | 'won',
  ): Promise<void> {
    const { partnerId, vendorId } = await this.activations.get(actor, activationId);
    await this.interactions.recordLead({ partnerId, vendorId, activationId, contactId }, kind);
  }
}
