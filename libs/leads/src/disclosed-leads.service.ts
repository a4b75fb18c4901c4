import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { DisclosedField } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import {
  type CampaignId,
  Clock,
  type Id,
  newId,
  notFound,
  type PartnerId,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { WebhookEvents } from '#webhooks';
import { type AnswerStatus, checkAnswer, type DisclosureAnswer } from './disclosure-answer.js';
import type { DisclosureId } from './disclosures.service.js';
import { DISCLOSURE_ANSWERED } from './leads.jobs.js';

/** A lead as the vendor sees it. */
export interface DisclosedLead {
  readonly id: DisclosureId;
  readonly partnerId: PartnerId;
  readonly partnerName: string;
  /** ISO 3166-1 alpha-2. */
  readonly partnerCountry: string;
  readonly campaignId: CampaignId;
  /** By language, BCP 47. */
  readonly titles: Readonly<Record<string, string>>;
  /** The language in which the partner runs the campaign. */
  readonly locale: string;
  readonly person: Readonly<Partial<Record<DisclosedField, string>>>;
  readonly purpose: string;
  /** The user of the partner. */
  readonly disclosedBy: string;
  readonly disclosedAt: Date;
  /** The last one. */
  readonly answer: DisclosureAnswer | null;
}

/** $1: vendor; $2: only older ones; $3: limit; $4: only this one. */
const LIST = `SELECT d.id, d.partner_id, o.name AS partner_name, o.country_code AS partner_country, a.campaign_id, coalesce(v.title, '{}') AS titles, a.locale, d.person,
    d.purpose, d.disclosed_by, d.disclosed_at,
    (SELECT jsonb_build_object('status', r.status, 'note', r.note, 'by', r.by_name, 'at', r.at) FROM leads.disclosure_answer r
      WHERE r.disclosure_id = d.id ORDER BY r.id DESC LIMIT 1) AS answer
  FROM leads.disclosure d JOIN activations.activation_view a ON a.id = d.activation_id
  JOIN organisations.organisation_view o ON o.id = d.partner_id
  LEFT JOIN campaigns.campaign_version_view v ON v.id = a.version_id
  WHERE d.vendor_id = $1 AND d.revoked_at IS NULL AND ($2::uuid IS NULL OR d.id < $2) AND ($4::uuid IS NULL OR d.id = $4)
  ORDER BY d.id DESC LIMIT $3`;

/** Leads that partners share with a vendor, and what the vendor answers. */
@Injectable()
export class DisclosedLeads {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly webhooks: WebhookEvents,
  ) {}

  /** Newest first. */
  async list(actor: VendorActor, page: { limit: number; beforeId: string | null }): Promise<DisclosedLead[]> {
    requirePermission(actor, 'disclosures.read');
    return this.database.inTransaction(actor, () =>
      this.database.query<DisclosedLead>(LIST, [actor.vendorId, page.beforeId, page.limit, null]),
    );
  }

  /** How many have no answer yet. */
  async countUnanswered(actor: VendorActor): Promise<number> {
    requirePermission(actor, 'disclosures.read');
    const [counted] = await this.database.inTransaction(actor, () =>
      this.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM leads.disclosure d WHERE d.vendor_id = $1 AND d.revoked_at IS NULL
           AND NOT EXISTS (SELECT FROM leads.disclosure_answer r WHERE r.disclosure_id = d.id)`,
        [actor.vendorId],
      ),
    );
    return counted?.count ?? 0;
  }

  /** One of them; null also after it was revoked. */
  async find(actor: VendorActor | SystemActor, vendorId: VendorId, id: DisclosureId): Promise<DisclosedLead | null> {
    requirePermission(actor, 'disclosures.read');
    const [shared] = await this.database.inTransaction(actor, () =>
      this.database.query<DisclosedLead>(LIST, [vendorId, null, 1, id]),
    );
    return shared ?? null;
  }

  /** @throws DomainError `disclosure.not-found`, also after it was revoked. */
  async get(actor: VendorActor, id: DisclosureId): Promise<DisclosedLead> {
    const shared = await this.find(actor, actor.vendorId, id);
    if (shared === null) throw notFound('disclosure', id);
    return shared;
  }

  /**
   * Stores an answer and tells the partner by e-mail.
   * @param note for the partner; deleted with the contact.
   * @throws DomainError `disclosure.not-found`, also after the partner has
   *   revoked it; `disclosure.answer` when that answer is not possible now.
   */
  async answer(
    actor: VendorActor,
    id: DisclosureId,
    { status, note }: { readonly status: AnswerStatus; readonly note: string | null },
  ): Promise<DisclosedLead> {
    requirePermission(actor, 'disclosures.edit');
    return this.database.inTransaction(actor, async () => {
      // The trigger that deletes the notes about a contact takes the same lock:
      // libs/database/functions/leads.delete_notes.sql.
      await this.database.lock(`disclosure ${id}`);
      const { partnerId, campaignId, answer } = await this.get(actor, id);
      checkAnswer(answer?.status ?? null, status);
      const answerId = newId<Id<'disclosure-answer'>>();
      await this.database.query(
        `INSERT INTO leads.disclosure_answer (id, disclosure_id, partner_id, vendor_id, status, note, by_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [answerId, id, partnerId, actor.vendorId, status, note, actor.name, this.clock.now()],
      );
      await this.jobs.enqueue(DISCLOSURE_ANSWERED, { answerId, partnerId });
      await this.webhooks.emitToBoth({ vendorId: actor.vendorId, partnerId }, 'lead.disclosure-answered', {
        disclosureId: id,
        campaignId,
        partnerId,
        status,
      });
      await this.audit.record(actor, {
        action: 'disclosure.answered',
        subject: { kind: 'disclosure', id },
        details: { status, partnerId },
      });
      return this.get(actor, id);
    });
  }
}
