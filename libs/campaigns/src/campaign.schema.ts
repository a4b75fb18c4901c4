import { EntitySchema } from 'typeorm';
import type { CampaignId, VendorId } from '#kernel';
import { CampaignVersion } from './campaign-version.js';
import { ReviewComment } from './review-comment.js';

/** A vendor's theme with one goal; what it says is in its versions. */
export interface Campaign {
  readonly id: CampaignId;
  readonly vendorId: VendorId;
  readonly name: string;
  readonly createdAt: Date;
  /** Hidden from the list since then; null: shown. */
  readonly archivedAt: Date | null;
  /** The package that it was copied from, a blob; null: it is no copy. */
  readonly templateHash: string | null;
  /** By name. */
  readonly tags: readonly string[];
  /** `newsletter`: its e-mail goes to people of partners, and partners cannot launch it. */
  readonly purpose: CampaignPurpose;
  /** Since when its content cannot change: a newsletter waits to be sent, or was sent. Null: it can. */
  readonly frozenAt: Date | null;
}

export type CampaignPurpose = 'campaign' | 'newsletter';

const uuid = (name: string) => ({ type: 'uuid', name }) as const;
const text = (name: string) => ({ type: 'text', name }) as const;
const instant = (name: string) => ({ type: 'timestamptz', name }) as const;
const json = (name: string) => ({ type: 'jsonb', name }) as const;

export const CampaignSchema = new EntitySchema<Campaign>({
  name: 'Campaign',
  schema: 'campaigns',
  tableName: 'campaign',
  columns: {
    id: { ...uuid('id'), primary: true },
    vendorId: uuid('vendor_id'),
    name: text('name'),
    createdAt: instant('created_at'),
    archivedAt: { ...instant('archived_at'), nullable: true },
    templateHash: { ...text('template_hash'), nullable: true },
    tags: json('tags'),
    purpose: text('purpose'),
    frozenAt: { ...instant('frozen_at'), nullable: true },
  },
});

export const CampaignVersionSchema = new EntitySchema<CampaignVersion>({
  target: CampaignVersion,
  name: 'CampaignVersion',
  schema: 'campaigns',
  tableName: 'campaign_version',
  columns: {
    id: { ...uuid('id'), primary: true },
    campaignId: uuid('campaign_id'),
    vendorId: uuid('vendor_id'),
    number: { type: 'integer', name: 'number' },
    status: text('status'),
    packageHash: text('package_hash'),
    compiledHash: text('compiled_hash'),
    title: json('title'),
    summary: json('summary'),
    theme: text('theme'),
    locales: json('locales'),
    warnings: json('warnings'),
    confirmations: json('confirmations'),
    linkCheckRequestedAt: { ...instant('link_check_requested_at'), nullable: true },
    linksCheckedAt: { ...instant('links_checked_at'), nullable: true },
    createdAt: instant('created_at'),
    createdByName: text('created_by_name'),
    savedAt: instant('saved_at'),
    savedByName: text('saved_by_name'),
    submittedAt: { ...instant('submitted_at'), nullable: true },
    submittedByUserId: { ...uuid('submitted_by_user_id'), nullable: true },
    submittedByName: { ...text('submitted_by_name'), nullable: true },
    reviewers: json('reviewers'),
    reviewDueOn: { type: 'date', name: 'review_due_on', nullable: true },
    approvedAt: { ...instant('approved_at'), nullable: true },
    approvedByUserId: { ...uuid('approved_by_user_id'), nullable: true },
    approvedByName: { ...text('approved_by_name'), nullable: true },
    approvedAlone: { type: 'boolean', name: 'approved_alone' },
    publishedAt: { ...instant('published_at'), nullable: true },
    publishedByName: { ...text('published_by_name'), nullable: true },
    forEveryone: { type: 'boolean', name: 'for_everyone' },
    opensOn: { type: 'date', name: 'opens_on', nullable: true },
    closesOn: { type: 'date', name: 'closes_on', nullable: true },
    manifestHash: { ...text('manifest_hash'), nullable: true },
    endedAt: { ...instant('ended_at'), nullable: true },
    endedReason: { ...text('ended_reason'), nullable: true },
    endedCode: { ...text('ended_code'), nullable: true },
    launchesStoppedAt: { ...instant('launches_stopped_at'), nullable: true },
  },
});

export const ReviewCommentSchema = new EntitySchema<ReviewComment>({
  target: ReviewComment,
  name: 'ReviewComment',
  schema: 'campaigns',
  tableName: 'review_comment',
  columns: {
    id: { ...uuid('id'), primary: true },
    versionId: uuid('version_id'),
    vendorId: uuid('vendor_id'),
    at: instant('at'),
    authorUserId: { ...uuid('author_user_id'), nullable: true },
    authorName: text('author_name'),
    text: text('text'),
    returned: { type: 'boolean', name: 'returned' },
    aboutKind: { ...text('about_kind'), nullable: true },
    aboutKey: { ...text('about_key'), nullable: true },
    aboutBlock: { type: 'jsonb', name: 'about_block', nullable: true },
    answers: { ...uuid('answers'), nullable: true },
    resolvedAt: { ...instant('resolved_at'), nullable: true },
    resolvedByUserId: { ...uuid('resolved_by_user_id'), nullable: true },
    resolvedByName: { ...text('resolved_by_name'), nullable: true },
  },
});
