import { Injectable } from '@nestjs/common';
import type { Localised } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DAY_MS, type SystemActor, type VendorActor, type VendorId } from '#kernel';
import { type CalendarDate, calendarDate } from '../availability.js';

/** A campaign, or an asset, text or picture of the library, that is to be reviewed or ends. */
export interface OldContent {
  readonly kind: 'campaign' | 'asset';
  readonly id: string;
  /** By language; of an asset under an empty tag. */
  readonly title: Localised;
  readonly reviewOn: CalendarDate | null;
  readonly expiresOn: CalendarDate | null;
  /** A campaign whose last day is over. */
  readonly hasEnded: boolean;
  /** Who changed it last. */
  readonly by: string;
}

/** A vendor sees this long before what ends. */
const AHEAD_DAYS = 30;
const LISTED = 500;

/** What a vendor's team should look at again. */
@Injectable()
export class OldContents {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What is due for review, ends within 30 days or has ended; the oldest day first, at most 500. */
  async list(actor: VendorActor): Promise<OldContent[]> {
    requirePermission(actor, 'campaigns.read');
    return this.database.inTransaction(actor, () => this.read(actor.vendorId));
  }

  /** The same for a process of the vendor, of what is due for review alone. In the open transaction. */
  async dueForReview(_actor: SystemActor, vendorId: VendorId): Promise<OldContent[]> {
    const today = calendarDate(this.clock.now());
    return (await this.read(vendorId)).filter(({ reviewOn }) => reviewOn !== null && reviewOn <= today);
  }

  private async read(vendorId: VendorId): Promise<OldContent[]> {
    const now = this.clock.now();
    return this.database.query<OldContent & { readonly id: CampaignId }>(
      `SELECT * FROM (
         SELECT 'campaign' AS kind, l.campaign_id AS id, v.title, l.review_on::text, l.expires_on::text, l.changed_by AS by,
           coalesce(l.expires_on < $2, false) AS has_ended
         FROM campaigns.lifetime l JOIN campaigns.campaign c ON c.id = l.campaign_id
         CROSS JOIN LATERAL (SELECT title FROM campaigns.campaign_version WHERE campaign_id = l.campaign_id ORDER BY number DESC LIMIT 1) v
         WHERE l.vendor_id = $1 AND c.archived_at IS NULL AND (l.review_on <= $2 OR l.expires_on <= $3)
         UNION ALL
         SELECT 'asset', a.id, jsonb_build_object('', a.title), a.review_on::text, a.expires_on::text, a.updated_by, false
         FROM assets.asset_date_view a WHERE a.vendor_id = $1 AND (a.review_on <= $2 OR a.expires_on <= $3)) old
       ORDER BY least(review_on, expires_on), id LIMIT $4`,
      [vendorId, calendarDate(now), calendarDate(new Date(now.getTime() + AHEAD_DAYS * DAY_MS)), LISTED],
    );
  }
}
