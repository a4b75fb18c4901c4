import { Injectable } from '@nestjs/common';
import type { Amount } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import type { LeadId, PartnerActor } from '#kernel';
import { Leads } from './leads.service.js';

/** One thing that a person did, or that was done about the lead. */
export interface LeadMoment {
  readonly at: Date;
  readonly kind:
    'sent' | 'click' | 'form' | 'reply' | 'unsubscribe' | 'status' | 'follow-up' | 'doubted' | 'disclosed' | 'revoked';
  readonly what: string;
  readonly by: string | null;
  readonly amount: Amount | null;
}

/** How a lead came about and went on, from the ledgers. */
@Injectable()
export class LeadHistories {
  constructor(
    private readonly database: Database,
    private readonly leads: Leads,
  ) {}

  /** Oldest first; clicks of machines are left out. @throws DomainError `lead.not-found`. */
  async of(actor: PartnerActor, id: LeadId): Promise<LeadMoment[]> {
    requirePermission(actor, 'leads.read');
    return this.database.inTransaction(actor, async () => {
      const { contactId, activationId } = await this.leads.get(actor, id);
      return this.database.query<LeadMoment>(
        `SELECT settled_at AS at, 'sent' AS kind, step_key AS what, NULL AS by, NULL::jsonb AS amount FROM delivery.message
           WHERE contact_id = $2 AND activation_id = $3 AND state IN ('accepted', 'delivered', 'bounced', 'complained')
         UNION ALL
         SELECT at, kind, coalesce(link_name, ''), NULL, NULL FROM engagement.judged_touch
           WHERE contact_id = $2 AND activation_id = $3 AND kind IN ('click', 'form', 'reply', 'unsubscribe') AND (kind <> 'click' OR verdict = 'human')
         UNION ALL
         SELECT at, 'status', status, by_name, CASE WHEN amount_minor IS NULL THEN NULL ELSE jsonb_build_object('minorUnits', amount_minor, 'currency', currency) END
           FROM leads.lead_event WHERE lead_id = $1
         UNION ALL
         SELECT at, 'follow-up', coalesce(note, ''), by_name, NULL FROM leads.follow_up WHERE lead_id = $1
         UNION ALL
         SELECT doubted_at, 'doubted', '', NULL, NULL FROM leads.lead WHERE id = $1 AND doubted_at IS NOT NULL
         UNION ALL
         SELECT d.disclosed_at, 'disclosed', o.name, d.disclosed_by, NULL FROM leads.disclosure d JOIN organisations.organisation o ON o.id = d.vendor_id WHERE d.lead_id = $1
         UNION ALL
         SELECT d.revoked_at, 'revoked', o.name, d.revoked_by, NULL FROM leads.disclosure d JOIN organisations.organisation o ON o.id = d.vendor_id
           WHERE d.lead_id = $1 AND d.revoked_at IS NOT NULL
         ORDER BY 1, 2`,
        [id, contactId, activationId],
      );
    });
  }
}
