import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import { AuditLog } from '#audit';
import type { DisclosedField } from '#contracts';
import { Contacts } from '#contacts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import {
  Clock,
  DomainError,
  type Id,
  type LeadId,
  newId,
  notFound,
  type PartnerActor,
  type SystemActor,
  type VendorId,
} from '#kernel';
import { WebhookEvents } from '#webhooks';
import type { DisclosureAnswer } from './disclosure-answer.js';
import type { Lead } from './lead.js';
import { LEAD_DISCLOSED } from './leads.jobs.js';
import { Leads } from './leads.service.js';

export type DisclosureId = Id<'disclosure'>;

/** As its partner sees it. */
export interface Disclosure {
  readonly id: DisclosureId;
  readonly leadId: LeadId;
  readonly vendorId: VendorId;
  readonly fields: readonly DisclosedField[];
  readonly purpose: string;
  readonly disclosedBy: string;
  readonly disclosedAt: Date;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
  /** The vendor's last answer. */
  readonly answer: DisclosureAnswer | null;
}

const COLUMNS = `id, lead_id, vendor_id, fields, purpose, disclosed_by, disclosed_at, revoked_by, revoked_at,
  (SELECT jsonb_build_object('status', r.status, 'note', r.note, 'by', r.by_name, 'at', r.at) FROM leads.disclosure_answer r
    WHERE r.disclosure_id = disclosure.id ORDER BY r.id DESC LIMIT 1) AS answer`;

/**
 * The only access of a vendor to a contact: a partner says what, to which
 * vendor and why. The partner can revoke it. A trigger revokes those of a
 * deleted contact: libs/database/functions/leads.revoke_disclosures.sql.
 */
@Injectable()
export class Disclosures {
  // Above the parameter limit: it reads from three libs and notifies two
  // organisations.
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly leads: Leads,
    private readonly contacts: Contacts,
    private readonly activations: Activations,
    private readonly webhooks: WebhookEvents,
    private readonly jobs: Jobs,
  ) {}

  /**
   * The named fields of the lead's contact.
   * @throws DomainError `disclosure.contact-erased`.
   */
  private async personOf(
    actor: PartnerActor,
    { id: leadId, contactId, message, phone }: Lead,
    fields: readonly DisclosedField[],
  ): Promise<Record<string, string>> {
    const [contact] = await this.contacts.byIds(actor, [contactId]);
    if (contact === undefined)
      throw new DomainError(
        'disclosure.contact-erased',
        'This person was removed from your contacts, so there is nothing to share.',
        { leadId },
        { kind: 'conflict' },
      );
    const all: Record<DisclosedField, string | null> = {
      name: [contact.firstName, contact.lastName].filter((part) => part !== null).join(' '),
      email: contact.email,
      phone: phone ?? contact.phone,
      company: contact.company,
      message,
    };
    return Object.fromEntries([...new Set(fields)].map((field) => [field, all[field] ?? '']));
  }

  /** @throws DomainError `disclosure.exists`. */
  private async insert(
    actor: PartnerActor,
    { id: leadId, contactId, activationId }: Lead,
    { vendorId, person, purpose }: { vendorId: VendorId; person: Record<string, string>; purpose: string },
  ): Promise<Disclosure> {
    const [made] = await this.database.query<Disclosure>(
      `INSERT INTO leads.disclosure (id, lead_id, contact_id, activation_id, partner_id, vendor_id, fields, purpose,
         person, disclosed_by, disclosed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [
        newId<DisclosureId>(),
        leadId,
        contactId,
        activationId,
        actor.partnerId,
        vendorId,
        Object.keys(person),
        purpose,
        JSON.stringify(person),
        actor.name,
        this.clock.now(),
      ],
    );
    if (made !== undefined) return made;
    throw new DomainError(
      'disclosure.exists',
      'This lead is disclosed already. Revoke that disclosure first.',
      { leadId },
      { kind: 'conflict' },
    );
  }

  /**
   * Shares a copy of the named fields with the vendor of the lead's campaign.
   * @throws DomainError `lead.not-found`; `disclosure.exists` while one is
   *   active; `disclosure.contact-erased` when the contact is deleted.
   */
  async disclose(
    actor: PartnerActor,
    leadId: LeadId,
    { fields, purpose }: { fields: readonly DisclosedField[]; purpose: string },
  ): Promise<Disclosure> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const lead = await this.leads.get(actor, leadId);
      const { vendorId } = await this.activations.get(actor, lead.activationId);
      const person = await this.personOf(actor, lead, fields);
      const made = await this.insert(actor, lead, { vendorId, person, purpose });
      await this.audit.record(actor, {
        action: 'lead.disclosed',
        subject: { kind: 'lead', id: leadId },
        details: { vendorId, fields: [...made.fields] },
      });
      await this.leads.handled(actor, lead);
      await this.emitEvent(actor, 'lead.disclosed', made);
      await this.jobs.enqueue(LEAD_DISCLOSED, { disclosureId: made.id, vendorId });
      return made;
    });
  }

  /**
   * All disclosures of a lead, newest first.
   * @throws DomainError `lead.not-found`.
   */
  async ofLead(actor: PartnerActor, leadId: LeadId): Promise<Disclosure[]> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, async () => {
      await this.leads.get(actor, leadId);
      return this.database.query<Disclosure>(
        `SELECT ${COLUMNS} FROM leads.disclosure WHERE lead_id = $1 ORDER BY id DESC`,
        [leadId],
      );
    });
  }

  /** What vendors see of leads now, by lead. */
  async current(actor: PartnerActor, leadIds: readonly LeadId[]): Promise<ReadonlyMap<LeadId, Disclosure>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<Disclosure>(
        `SELECT ${COLUMNS} FROM leads.disclosure WHERE lead_id = ANY($1) AND revoked_at IS NULL`,
        [leadIds],
      ),
    );
    return new Map(rows.map((row) => [row.leadId, row]));
  }

  /**
   * Empties all that a partner disclosed to a vendor that is being deleted.
   * Joins the open transaction of a process in the partner's scope.
   */
  async revokeAllTo(actor: SystemActor, vendorId: VendorId): Promise<void> {
    await this.database.query(
      `UPDATE leads.disclosure SET person = NULL, revoked_by = $2, revoked_at = $3
       WHERE vendor_id = $1 AND revoked_at IS NULL`,
      [vendorId, actor.name, this.clock.now()],
    );
    await this.database.query(
      `UPDATE leads.deal_share SET name = '', stage = NULL, amount_minor = NULL, currency = NULL, refunded_minor = NULL,
         expected_on = NULL, closed_on = NULL, vendor_sees = false, revoked_by = $2, revoked_at = $3
       WHERE vendor_id = $1 AND role IS NULL AND revoked_at IS NULL`,
      [vendorId, actor.name, this.clock.now()],
    );
  }

  /**
   * Revokes a disclosure: the vendor no longer sees it, and the copy is
   * deleted.
   * @throws DomainError `disclosure.not-found`.
   */
  async revoke(actor: PartnerActor, id: DisclosureId): Promise<Disclosure> {
    requirePermission(actor, 'leads.edit');
    return this.database.inTransaction(actor, async () => {
      const [known] = await this.database.query<Disclosure>(
        `SELECT ${COLUMNS} FROM leads.disclosure WHERE id = $1 FOR UPDATE`,
        [id],
      );
      if (known === undefined) throw notFound('disclosure', id);
      if (known.revokedAt !== null) return known;
      const revokedAt = this.clock.now();
      await this.database.query(
        'UPDATE leads.disclosure SET person = NULL, revoked_by = $2, revoked_at = $3 WHERE id = $1',
        [id, actor.name, revokedAt],
      );
      const revoked = { ...known, revokedBy: actor.name, revokedAt };
      await this.leads.handled(actor, await this.leads.get(actor, revoked.leadId));
      await this.emitEvent(actor, 'lead.disclosure-revoked', revoked);
      await this.audit.record(actor, {
        action: 'lead.disclosure-revoked',
        subject: { kind: 'lead', id: revoked.leadId },
      });
      return revoked;
    });
  }

  /**
   * Notifies both sides of a disclosure or its end, without the contact's data.
   * A permitted receiver reads it from the API.
   */
  private async emitEvent(
    actor: PartnerActor,
    type: 'lead.disclosed' | 'lead.disclosure-revoked',
    { id, leadId, vendorId, fields }: Disclosure,
  ): Promise<void> {
    const { activationId } = await this.leads.get(actor, leadId);
    const { campaignId } = await this.activations.get(actor, activationId);
    const fact = { disclosureId: id, campaignId, partnerId: actor.partnerId, fields: [...fields] };
    await this.webhooks.emitToBoth({ vendorId, partnerId: actor.partnerId }, type, fact);
  }
}
