import { Injectable } from '@nestjs/common';
import type { Localised } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import type { CampaignId, PartnerGroupId, VendorActor } from '#kernel';
import { PartnerGroups } from '#organisations';
import type { CalendarDate } from './availability.js';

/** A version in the calendar. */
export interface PlannedVersion {
  /**
   * `draft`: in work, since its last save. `review`: submitted. `approved`: to
   * be published. `window`: published, from its first to its last day.
   */
  readonly kind: 'draft' | 'review' | 'approved' | 'window';
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly title: Localised;
  /** First day of the window; day of the last save or of the submission. */
  readonly from: CalendarDate;
  /** Last day of the window; day until which a review is wanted; null: none. */
  readonly to: CalendarDate | null;
  readonly by: string;
  readonly forEveryone: boolean;
  /** Names of groups that may launch it. */
  readonly groups: readonly string[];
  readonly isStopped: boolean;
}

const LISTED = 500;

/** When a vendor's campaigns are written, reviewed and offered: derived from the versions. */
@Injectable()
export class CampaignPlan {
  constructor(
    private readonly database: Database,
    private readonly groups: PartnerGroups,
  ) {}

  /**
   * Versions in work, and windows that touch these days; at most 500, by first
   * day. Archived campaigns and ended versions are left out.
   */
  async between(actor: VendorActor, from: CalendarDate, to: CalendarDate): Promise<PlannedVersion[]> {
    requirePermission(actor, 'campaigns.read');
    const found = await this.database.inTransaction(actor, () =>
      this.database.query<Omit<PlannedVersion, 'groups'> & { readonly groupIds: readonly PartnerGroupId[] }>(
        `SELECT p.kind, v.campaign_id, v.number, v.title, p."from"::text AS "from", p."to"::text AS "to", p.by, v.for_everyone,
           ARRAY(SELECT g.group_id FROM campaigns.version_group g WHERE g.version_id = v.id) AS group_ids,
           v.launches_stopped_at IS NOT NULL AS is_stopped
         FROM campaigns.campaign_version v JOIN campaigns.campaign c ON c.id = v.campaign_id
           CROSS JOIN LATERAL (SELECT
             CASE WHEN v.status = 'draft' THEN 'draft' WHEN v.status = 'published' THEN 'window'
               WHEN v.approved_at IS NULL THEN 'review' ELSE 'approved' END AS kind,
             CASE WHEN v.status = 'draft' THEN v.saved_at::date WHEN v.status = 'published' THEN v.opens_on
               ELSE v.submitted_at::date END AS "from",
             CASE WHEN v.status = 'published' THEN v.closes_on ELSE v.review_due_on END AS "to",
             coalesce(CASE WHEN v.status = 'draft' THEN v.saved_by_name WHEN v.status = 'published' THEN v.published_by_name
               ELSE v.submitted_by_name END, '') AS by) p
         WHERE v.vendor_id = $1 AND c.archived_at IS NULL AND c.purpose = 'campaign' AND (v.status IN ('draft', 'in-review')
           OR v.status = 'published' AND v.opens_on <= $3 AND v.closes_on >= $2)
         ORDER BY p."from", v.id LIMIT $4`,
        [actor.vendorId, from, to, LISTED],
      ),
    );
    const names = new Map((await this.groups.list(actor)).map(({ id, name }) => [id, name]));
    return found.map(({ groupIds, ...version }) => ({
      ...version,
      groups: groupIds.flatMap((id) => names.get(id) ?? []).sort((one, other) => one.localeCompare(other, 'en')),
    }));
  }
}
