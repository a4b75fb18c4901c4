import { EntitySchema } from 'typeorm';
import type { CampaignId, CampaignVersionId, Id, VendorId } from '#kernel';
import { CampaignVersion } from './campaign-version.js';

/** A vendor's theme with one goal; what it says is in its versions. */
export interface Campaign {
  readonly id: CampaignId;
  readonly vendorId: VendorId;
  readonly name: string;
  readonly createdAt: Date;
}

/** What a reviewer wrote when a version was sent back. */
export interface ReviewComment {
  readonly id: Id<'review-comment'>;
  readonly versionId: CampaignVersionId;
  readonly vendorId: VendorId;
  readonly at: Date;
  readonly authorName: string;
  readonly text: string;
}

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
    linksAskedAt: { ...instant('links_asked_at'), nullable: true },
    linksCheckedAt: { ...instant('links_checked_at'), nullable: true },
    createdAt: instant('created_at'),
    createdByName: text('created_by_name'),
    submittedAt: { ...instant('submitted_at'), nullable: true },
    submittedByUserId: { ...uuid('submitted_by_user_id'), nullable: true },
    submittedByName: { ...text('submitted_by_name'), nullable: true },
    approvedAt: { ...instant('approved_at'), nullable: true },
    approvedByUserId: { ...uuid('approved_by_user_id'), nullable: true },
    approvedByName: { ...text('approved_by_name'), nullable: true },
    approvedAlone: { type: 'boolean', name: 'approved_alone' },
    publishedAt: { ...instant('published_at'), nullable: true },
    publishedByName: { ...text('published_by_name'), nullable: true },
    partnerGroupId: { ...uuid('partner_group_id'), nullable: true },
    opensOn: { type: 'date', name: 'opens_on', nullable: true },
    closesOn: { type: 'date', name: 'closes_on', nullable: true },
    manifestHash: { ...text('manifest_hash'), nullable: true },
    endedAt: { ...instant('ended_at'), nullable: true },
  },
});

export const ReviewCommentSchema = new EntitySchema<ReviewComment>({
  name: 'ReviewComment',
  schema: 'campaigns',
  tableName: 'review_comment',
  columns: {
    id: { ...uuid('id'), primary: true },
    versionId: uuid('version_id'),
    vendorId: uuid('vendor_id'),
    at: instant('at'),
    authorName: text('author_name'),
    text: text('text'),
  },
});
