import { Injectable } from '@nestjs/common';
import type { DealRole } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import type { CampaignId, PartnerId, VendorActor } from '#kernel';
import { type DealShareId, SHARED_COPY, type SharedDeal } from './deal-share.js';

/** A deal that a partner shows to the vendor. */
export interface DisclosedDeal extends Omit<SharedDeal, 'role' | 'acceptedAt'> {
  readonly partnerId: PartnerId;
  readonly campaignId: CampaignId;
  /** By language, BCP 47. */
  readonly titles: Readonly<Record<string, string>>;
  /** The language in which the partner runs the campaign. */
  readonly locale: string;
  readonly sharedBy: string;
  readonly sharedAt: Date;
  /** Of its partner: it fulfilled a deal that another one sourced. */
  readonly role: Extract<DealRole, 'sourced' | 'fulfilled'>;
  readonly participants: readonly { readonly id: DealShareId; readonly name: string; readonly role: DealRole }[];
}

/** Deals that partners show to a vendor. Each is one row, however many partners took part in it. */
@Injectable()
export class DisclosedDeals {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(
    actor: VendorActor,
    page: { readonly limit: number; readonly beforeId: string | null },
  ): Promise<DisclosedDeal[]> {
    requirePermission(actor, 'disclosures.read');
    return this.database.inTransaction(actor, () =>
      this.database.query<DisclosedDeal>(
        `SELECT s.id, s.partner_id, s.partner_name, a.campaign_id, coalesce(v.title, '{}') AS titles, a.locale, ${SHARED_COPY},
           s.shared_by, s.shared_at, p.participants,
           CASE WHEN EXISTS (SELECT FROM leads.deal_share o WHERE o.deal_id = s.deal_id AND o.role = 'sourced')
             THEN 'fulfilled' ELSE 'sourced' END AS role
         FROM leads.deal_share s JOIN activations.activation_view a ON a.id = s.activation_id
           LEFT JOIN campaigns.campaign_version_view v ON v.id = a.version_id
           CROSS JOIN LATERAL (
             SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.participant_name, 'role', o.role) ORDER BY o.id), '[]') AS participants
             FROM leads.deal_share o WHERE o.deal_id = s.deal_id AND o.role IS NOT NULL) p
         WHERE s.vendor_id = $1 AND s.role IS NULL AND ($2::uuid IS NULL OR s.id < $2) ORDER BY s.id DESC LIMIT $3`,
        [actor.vendorId, page.beforeId, page.limit],
      ),
    );
  }
}
