import { Injectable } from '@nestjs/common';
import type { Amount } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import type { LeadId, PartnerActor } from '#kernel';
import type { Lead } from './lead.js';
import { Leads } from './leads.service.js';

/** Where a page of a history ended. */
export interface HistoryPosition {
  /** As exactly as the ledgers know it. */
  readonly micros: string;
  readonly kind: string;
  readonly id: string;
}

/** One thing that a person did, or that was done about the lead. */
export interface LeadMoment {
  /** Of what the ledger has of it. */
  readonly id: string;
  readonly at: Date;
  readonly kind:
    | 'sent'
    | 'click'
    | 'form'
    | 'document'
    | 'reply'
    | 'unsubscribe'
    | 'status'
    | 'follow-up'
    | 'machine-clicks'
    | 'disclosed'
    | 'revoked'
    | 'answered';
  readonly what: string;
  readonly by: string | null;
  readonly amount: Amount | null;
  readonly place: HistoryPosition;
}

/**
 * A lead's mails and interactions ($2, $3), and its follow-up ($1), with the
 * staff user.
 */
const MOMENTS = `SELECT id, settled_at AS at, 'sent' AS kind, step_key AS what, NULL AS by, NULL::jsonb AS amount FROM delivery.message_view
    WHERE contact_id = $2 AND activation_id = $3 AND state IN ('accepted', 'delivered', 'bounced', 'complained')
  UNION ALL
  SELECT id, at, kind, coalesce(link_name, ''), NULL, NULL FROM engagement.interaction_with_verdict
    WHERE contact_id = $2 AND activation_id = $3 AND kind IN ('click', 'document', 'reply', 'unsubscribe') AND (kind <> 'click' OR verdict = 'human')
  UNION ALL
  SELECT id, at, kind, CASE kind WHEN 'status' THEN status ELSE '' END, by_name, CASE WHEN amount_minor IS NULL THEN NULL
    ELSE jsonb_build_object('minorUnits', amount_minor, 'currency', currency) END
    FROM leads.lead_event WHERE lead_id = $1
  UNION ALL
  SELECT id, at, 'form', coalesce(message, ''), NULL, NULL FROM leads.request WHERE lead_id = $1
  UNION ALL
  SELECT id, at, 'follow-up', coalesce(note, ''), by_name, NULL FROM leads.follow_up WHERE lead_id = $1
  UNION ALL
  SELECT id, machine_clicks_at, 'machine-clicks', '', NULL, NULL FROM leads.lead WHERE id = $1 AND machine_clicks_at IS NOT NULL
  UNION ALL
  SELECT d.id, d.disclosed_at, 'disclosed', o.name, d.disclosed_by, NULL FROM leads.disclosure d
    JOIN organisations.organisation_view o ON o.id = d.vendor_id WHERE d.lead_id = $1
  UNION ALL
  SELECT d.id, d.revoked_at, 'revoked', o.name, d.revoked_by, NULL FROM leads.disclosure d JOIN organisations.organisation_view o ON o.id = d.vendor_id
    WHERE d.lead_id = $1 AND d.revoked_at IS NOT NULL
  UNION ALL
  SELECT r.id, r.at, 'answered', r.status, o.name, NULL FROM leads.disclosure_answer r JOIN leads.disclosure d ON d.id = r.disclosure_id
    JOIN organisations.organisation_view o ON o.id = r.vendor_id WHERE d.lead_id = $1`;

/** The origin and history of a lead, from the ledgers. */
@Injectable()
export class LeadHistories {
  constructor(
    private readonly database: Database,
    private readonly leads: Leads,
  ) {}

  /**
   * Oldest first, from a cursor on; clicks of programs are left out.
   * @throws DomainError `lead.not-found`.
   */
  async list(
    actor: PartnerActor,
    id: LeadId,
    page: { readonly limit: number; readonly after: HistoryPosition | null },
  ): Promise<{ lead: Lead; moments: LeadMoment[] }> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, async () => {
      const lead = await this.leads.get(actor, id);
      const { limit, after } = page;
      const moments = await this.database.query<LeadMoment>(
        `SELECT id, at, kind, what, by, amount, jsonb_build_object('micros', micros::text, 'kind', kind, 'id', id) AS place
         FROM (SELECT *, (extract(epoch FROM at) * 1000000)::bigint AS micros FROM (${MOMENTS}) moment) moment
         WHERE $5::bigint IS NULL OR (micros, kind, id) > ($5::bigint, $6::text, $7::uuid)
         ORDER BY micros, kind, id LIMIT $4`,
        [id, lead.contactId, lead.activationId, limit, after?.micros ?? null, after?.kind ?? null, after?.id ?? null],
      );
      return { lead, moments };
    });
  }
}
