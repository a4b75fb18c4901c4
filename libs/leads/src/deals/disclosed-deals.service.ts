import { Injectable } from '@nestjs/common';
import { DEAL_STAGES, type DealRole, type DisclosedDealFilter, type DisclosedDealSort } from '#contracts';
import { Database, listOrder, lowerCase } from '#database';
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

/** A deal of the list, with what the list is sorted by. Null: newest first. */
export interface ListedDisclosedDeal extends DisclosedDeal {
  readonly sortKey: string | null;
}

/** A page of deals that partners show. */
interface DisclosedListing extends DisclosedDealFilter {
  readonly limit: number;
  /** The last deal of the page before; null: the first page. */
  readonly beforeId: string | null;
  /** Its `sortKey`, in a sorted list. */
  readonly beforeKey: string | null;
  /** Absent: newest first. */
  readonly sort?: DisclosedDealSort | undefined;
}

/** What they are sorted by, in SQL: whole numbers. */
const SORT_KEYS: Readonly<Record<string, string>> = {
  amount: 's.amount_minor',
  closedOn: `s.closed_on - DATE '1970-01-01'`,
  stage: `array_position(ARRAY[${DEAL_STAGES.map((stage) => `'${stage}'`).join(', ')}], s.stage)`,
  sharedAt: 'extract(epoch FROM s.shared_at) * 1000000',
};

const hasText = (column: string): string => `strpos(${lowerCase(column)}, ${lowerCase('$7')}) > 0`;

/** Deals that partners show to a vendor. Each is one row, however many partners took part in it. */
@Injectable()
export class DisclosedDeals {
  constructor(private readonly database: Database) {}

  /** What is shown of a deal beside its copy is read for the rows of the page alone. */
  async list(actor: VendorActor, listing: DisclosedListing): Promise<ListedDisclosedDeal[]> {
    requirePermission(actor, 'disclosures.read');
    const { limit, beforeId, beforeKey, sort, stage, campaignId, q } = listing;
    const { key, after, orderBy } = listOrder(SORT_KEYS[sort?.replace('-', '') ?? ''], sort, ['$4', '$2'], 's.id');
    return this.database.inTransaction(actor, () =>
      this.database.query<ListedDisclosedDeal>(
        `WITH page AS MATERIALIZED (
           SELECT s.*, ${key} AS sort_key, a.campaign_id, a.version_id, a.locale
           FROM leads.deal_share s JOIN activations.activation_view a ON a.id = s.activation_id
           WHERE s.vendor_id = $1 AND s.role IS NULL AND ${after}
             AND ($5::text IS NULL OR CASE $5 WHEN 'open' THEN s.closed_on IS NULL ELSE s.stage = $5 END)
             AND ($6::uuid IS NULL OR a.campaign_id = $6)
             AND ($7::text IS NULL OR ${hasText(`concat_ws(' ', s.name, s.partner_name)`)} OR EXISTS (
               SELECT FROM leads.deal_share o
               WHERE o.deal_id = s.deal_id AND o.role IS NOT NULL AND ${hasText('o.participant_name')}))
           ORDER BY ${orderBy} LIMIT $3)
         SELECT s.id, s.partner_id, s.partner_name, s.campaign_id, coalesce(v.title, '{}') AS titles, s.locale, ${SHARED_COPY},
           s.shared_by, s.shared_at, s.sort_key, p.participants,
           CASE WHEN EXISTS (SELECT FROM leads.deal_share o WHERE o.deal_id = s.deal_id AND o.role = 'sourced')
             THEN 'fulfilled' ELSE 'sourced' END AS role
         FROM page s LEFT JOIN campaigns.campaign_version_view v ON v.id = s.version_id
           CROSS JOIN LATERAL (
             SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.participant_name, 'role', o.role) ORDER BY o.id), '[]') AS participants
             FROM leads.deal_share o WHERE o.deal_id = s.deal_id AND o.role IS NOT NULL) p
         ORDER BY ${orderBy}`,
        [actor.vendorId, beforeId, limit, beforeKey, stage ?? null, campaignId ?? null, q ?? null],
      ),
    );
  }
}
