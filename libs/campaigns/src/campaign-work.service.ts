import { Injectable } from '@nestjs/common';
import type { Localised } from '#content';
import { Database } from '#database';
import { can, requirePermission } from '#identity';
import type { CampaignId, VendorActor } from '#kernel';
import { CampaignReview } from './campaign-review.service.js';
import type { CalendarDate } from './availability.js';
import { type Confirmation, openWarnings, type VersionWarning } from './version-content.js';

/** A version, and what a person is to do with it. */
export interface VersionTask {
  readonly kind: 'review' | 'returned' | 'confirm' | 'publish';
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly title: Localised;
  /** Until when a review is wanted. */
  readonly dueOn: CalendarDate | null;
}

/** A language of a campaign that waits for a person. */
export interface TranslationTask {
  readonly kind: 'review' | 'rework';
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly title: Localised;
  readonly locale: string;
  readonly count: number;
  readonly by: string;
}

interface VersionInWork {
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly title: Localised;
  readonly reviewDueOn: CalendarDate | null;
  readonly isInReview: boolean;
  readonly isApproved: boolean;
  readonly isReturned: boolean;
  readonly isAsked: boolean;
  readonly isOwn: boolean;
  readonly warnings: readonly VersionWarning[];
  readonly confirmations: readonly Confirmation[];
}

const LISTED = 50;

/** What waits for a person of the vendor: derived from the versions. */
@Injectable()
export class CampaignWork {
  constructor(
    private readonly database: Database,
    private readonly review: CampaignReview,
  ) {}

  /** Newest first, at most 50; a review with the nearest day first. */
  async waiting(actor: VendorActor): Promise<VersionTask[]> {
    requirePermission(actor, 'campaigns.read');
    const approvers = can(actor, 'campaigns.approve') ? await this.review.approvers(actor) : [];
    const isOnlyApprover = approvers.every(({ id }) => id === actor.userId);
    const versions = await this.database.inTransaction(actor, () =>
      this.database.query<VersionInWork>(
        `SELECT v.campaign_id, v.number, v.title, v.review_due_on::text, v.status = 'in-review' AS is_in_review,
           v.approved_at IS NOT NULL AS is_approved, v.warnings, v.confirmations,
           EXISTS (SELECT FROM campaigns.review_comment c
             WHERE c.version_id = v.id AND c.returned AND c.resolved_at IS NULL) AS is_returned,
           v.reviewers = '[]' OR v.reviewers @> jsonb_build_array(jsonb_build_object('id', $2::text)) AS is_asked,
           v.submitted_by_user_id IS NOT DISTINCT FROM $2::uuid AS is_own
         FROM campaigns.campaign_version v JOIN campaigns.campaign c ON c.id = v.campaign_id
         WHERE v.vendor_id = $1 AND v.status IN ('draft', 'in-review') AND c.archived_at IS NULL
           AND c.purpose = 'campaign'
         ORDER BY v.review_due_on NULLS LAST, v.id DESC LIMIT $3`,
        [actor.vendorId, actor.userId, LISTED],
      ),
    );
    return versions.flatMap((version) => {
      const kind = taskOf(version, actor, isOnlyApprover);
      const { campaignId, number, title, reviewDueOn } = version;
      return kind === null ? [] : [{ kind, campaignId, number, title, dueOn: reviewDueOn }];
    });
  }

  /**
   * Requests for review and returned texts of the person, newest first. A newer
   * message ends one, and so does a version without the language. One that was
   * just added is in a changed file only.
   */
  async translations(actor: VendorActor): Promise<TranslationTask[]> {
    requirePermission(actor, 'campaigns.read');
    return this.database.inTransaction(actor, () =>
      this.database.query<TranslationTask>(
        `SELECT r.kind, r.campaign_id, v.number, v.title, r.locale, r.count, r.by_name AS by
         FROM campaigns.translation_request r JOIN campaigns.campaign c ON c.id = r.campaign_id
           JOIN LATERAL (SELECT number, title, locales, package_hash FROM campaigns.campaign_version v WHERE v.campaign_id = r.campaign_id
             ORDER BY number DESC LIMIT 1) v ON true
         WHERE r.vendor_id = $1 AND r.kind <> 'done' AND r.reader_ids @> ARRAY[$2::uuid] AND c.archived_at IS NULL
           AND (v.locales ? r.locale OR EXISTS (SELECT FROM campaigns.draft_file d WHERE d.campaign_id = r.campaign_id
             AND d.package_hash = v.package_hash AND d.path = 'locales/' || r.locale || '.yaml' AND d.text IS NOT NULL))
         ORDER BY r.at DESC LIMIT $3`,
        [actor.vendorId, actor.userId, LISTED],
      ),
    );
  }
}

/** @returns null if the person has nothing to do with it. */
function taskOf(version: VersionInWork, actor: VendorActor, isOnlyApprover: boolean): VersionTask['kind'] | null {
  if (version.isInReview) {
    if (version.isApproved) return can(actor, 'campaigns.publish') ? 'publish' : null;
    const mayDecide = can(actor, 'campaigns.approve') && (isOnlyApprover || !version.isOwn);
    return mayDecide && version.isAsked ? 'review' : null;
  }
  if (!can(actor, 'campaigns.submit')) return null;
  if (version.isReturned) return 'returned';
  return openWarnings(version.warnings, version.confirmations).length > 0 ? 'confirm' : null;
}
