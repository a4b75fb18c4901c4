import { Injectable } from '@nestjs/common';
import { type FindManyOptions, In, IsNull } from 'typeorm';
import { Database, lowerCase } from '#database';
import {
  type CampaignId,
  type CampaignVersionId,
  notFound,
  type PartnerGroupId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { TranslationRecord } from '#translation';
import type { CalendarDate } from './availability.js';
import { type Campaign, CampaignSchema, CampaignVersionSchema, ReviewCommentSchema } from './campaign.schema.js';
import { calendarDate } from './availability.js';
import type { CampaignStatus, CampaignVersion, PlainVersion } from './campaign-version.js';
import type { ExtensionChange } from './extension.js';
import type { ReviewComment, ReviewCommentId } from './review-comment.js';

/** A campaign in the vendor's library, described by its newest version. */
export interface CampaignWithVersions {
  readonly id: CampaignId;
  readonly name: string;
  readonly archivedAt: Date | null;
  readonly tags: readonly string[];
  readonly newest: PlainVersion;
  /** The newest one that partners may run; null where there is none. */
  readonly published: PlainVersion | null;
  readonly statuses: readonly { readonly number: number; readonly status: CampaignStatus }[];
}

/** Which campaigns of the shelf, and from where on; null narrows nothing. */
export interface CampaignPage {
  readonly limit: number;
  readonly beforeId: string | null;
  /** What the name, or the newest version's title in any language, contains. */
  readonly search: string | null;
  /**
   * `published`: a version is published and has opened; a newer draft does not
   * hide it. `opening`: a version is published and its first day is in the
   * future. `archived`: only archived campaigns, which no other state shows.
   * Otherwise: the state of the newest version.
   */
  readonly state: CampaignStatus | 'approved' | 'opening' | 'archived' | null;
  readonly tag: string | null;
  readonly today: Date;
}

/** The lock of what changes the campaigns of a vendor, or the versions of a campaign. */
export const changesOf = (id: CampaignId | VendorId): string => `campaigns of ${id}`;

const FINDINGS: readonly string[] = ['warnings', 'confirmations'] satisfies Exclude<
  keyof CampaignVersion,
  keyof PlainVersion
>[];
const PLAIN = Object.fromEntries(
  Object.keys(CampaignVersionSchema.options.columns)
    .filter((column) => !FINDINGS.includes(column))
    .map((column) => [column, true]),
);

/**
 * Versions without what was found in them and confirmed, which is 70 KB of each: lists of 200 campaigns read 15 MB.
 * Uses the open transaction.
 */
export async function plainVersions(
  database: Database,
  found: Pick<FindManyOptions<CampaignVersion>, 'where' | 'order'>,
): Promise<PlainVersion[]> {
  return database.manager.getRepository(CampaignVersionSchema).find({ ...found, select: PLAIN });
}

/**
 * Loads the groups that versions are published to, from their own rows.
 * Uses the open transaction.
 */
export async function withGroups<Version extends PlainVersion>(
  database: Database,
  versions: Version[],
): Promise<Version[]> {
  const rows = await database.query<{ versionId: CampaignVersionId; groupId: PartnerGroupId }>(
    `SELECT version_id, group_id FROM campaigns.version_group WHERE version_id = ANY ($1) ORDER BY group_id`,
    [versions.map(({ id }) => id)],
  );
  const groups = new Map<CampaignVersionId, PartnerGroupId[]>();
  for (const { versionId, groupId } of rows) groups.set(versionId, [...(groups.get(versionId) ?? []), groupId]);
  for (const version of versions) version.partnerGroupIds = groups.get(version.id) ?? [];
  return versions;
}

/**
 * A version that was ever published.
 * Uses the open transaction.
 * @throws DomainError `campaign-version.not-found`.
 */
export async function publishedVersion(database: Database, id: CampaignVersionId): Promise<PlainVersion> {
  const [version] = await plainVersions(database, { where: { id } });
  if (version?.publishedAt == null) throw notFound('campaign-version', id);
  return version;
}

/** What the vendor has applied of a version's test; null: nothing. Uses the open transaction. */
export async function testWinnerOf(database: Database, versionId: CampaignVersionId): Promise<string | null> {
  const [winner] = await database.query<{ arm: string }>(
    'SELECT arm FROM campaigns.test_winner WHERE version_id = $1',
    [versionId],
  );
  return winner?.arm ?? null;
}

/**
 * The rows of campaigns, for the services of this lib.
 * Joins their transactions.
 */
@Injectable()
export class CampaignsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Locks a campaign against new versions, or a vendor against new campaigns.
   * The lock ends with the transaction.
   */
  async lock(id: CampaignId | VendorId): Promise<void> {
    await this.database.lock(changesOf(id));
  }

  /** @throws DomainError `campaign.not-found` */
  async campaign(id: CampaignId): Promise<Campaign> {
    const found = await this.database.manager.getRepository(CampaignSchema).findOneBy({ id });
    if (found === null) throw notFound('campaign', id);
    return found;
  }

  async campaignNamed(actor: VendorActor, name: string): Promise<Campaign | null> {
    return this.database.manager.getRepository(CampaignSchema).findOneBy({ vendorId: actor.vendorId, name });
  }

  /** The names of all campaigns of a vendor. */
  async names({ vendorId }: VendorActor): Promise<string[]> {
    const campaigns = await this.database.manager.getRepository(CampaignSchema).findBy({ vendorId });
    return campaigns.map(({ name }) => name);
  }

  async add(campaign: Campaign): Promise<void> {
    await this.database.manager.getRepository(CampaignSchema).insert(campaign);
  }

  /** @throws DomainError `campaign-version.not-found` */
  async version(
    campaignId: CampaignId,
    number: number,
    lock: 'to-read' | 'to-change' = 'to-read',
  ): Promise<CampaignVersion> {
    const found = await this.database.manager.getRepository(CampaignVersionSchema).findOne({
      where: { campaignId, number },
      ...(lock === 'to-change' ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
    if (found === null) throw notFound('campaign-version', `${campaignId}/${number}`);
    await withGroups(this.database, [found]);
    return found;
  }

  /** Newest first. */
  async versions(campaignId: CampaignId): Promise<CampaignVersion[]> {
    const versions = await this.database.manager
      .getRepository(CampaignVersionSchema)
      .find({ where: { campaignId }, order: { number: 'DESC' } });
    return withGroups(this.database, versions);
  }

  /** Null: none was set. */
  async lastDay(campaignId: CampaignId): Promise<CalendarDate | null> {
    const [found] = await this.database.query<{ expiresOn: CalendarDate | null }>(
      'SELECT expires_on::text FROM campaigns.lifetime WHERE campaign_id = $1',
      [campaignId],
    );
    return found?.expiresOn ?? null;
  }

  async save(version: CampaignVersion): Promise<void> {
    await this.database.manager.getRepository(CampaignVersionSchema).save(version);
  }

  /**
   * Stores a published version with its groups; they replace any earlier
   * groups.
   */
  async publish(version: CampaignVersion): Promise<void> {
    const { id, vendorId, partnerGroupIds } = version;
    await this.database.query('DELETE FROM campaigns.version_group WHERE version_id = $1', [id]);
    await this.database.query(
      'INSERT INTO campaigns.version_group (version_id, group_id, vendor_id) SELECT $1, unnest($2::uuid[]), $3',
      [id, partnerGroupIds, vendorId],
    );
    await this.save(version);
  }

  /**
   * Stores an extension. The rows of groups go after the version is for all
   * partners, and come while it is for groups: see
   * functions/campaigns.guard_version_group.sql.
   */
  async extend(version: CampaignVersion, { addedGroupIds, toEveryone }: ExtensionChange): Promise<void> {
    const { id, vendorId } = version;
    await this.save(version);
    if (toEveryone) await this.database.query('DELETE FROM campaigns.version_group WHERE version_id = $1', [id]);
    await this.database.query(
      'INSERT INTO campaigns.version_group (version_id, group_id, vendor_id) SELECT $1, unnest($2::uuid[]), $3',
      [id, addedGroupIds, vendorId],
    );
  }

  /** Deletes a draft with its comments, and with changes that are not in its package. */
  async deleteDraft({ id, campaignId }: CampaignVersion): Promise<void> {
    await this.database.query('DELETE FROM campaigns.draft_file WHERE campaign_id = $1', [campaignId]);
    await this.database.manager.getRepository(CampaignVersionSchema).delete({ id });
  }

  /** Texts that are the same in two languages, and were said to be right so. */
  async sameTexts(campaignId: CampaignId): Promise<Pick<TranslationRecord, 'key' | 'locale' | 'source' | 'text'>[]> {
    return this.database.query(
      'SELECT key, locale, source, text FROM campaigns.translation WHERE campaign_id = $1 AND lower(btrim(source)) = lower(btrim(text))',
      [campaignId],
    );
  }

  /** Deletes a campaign without versions. */
  async deleteCampaign(id: CampaignId): Promise<void> {
    await this.database.manager.getRepository(CampaignSchema).delete({ id });
  }

  /** @param at null: the list shows it again. */
  async setArchived(id: CampaignId, at: Date | null): Promise<void> {
    await this.database.query('UPDATE campaigns.campaign SET archived_at = $2 WHERE id = $1', [id, at]);
  }

  /** @param at null: its content can change again. */
  async setFrozen(id: CampaignId, at: Date | null): Promise<void> {
    await this.database.query('UPDATE campaigns.campaign SET frozen_at = $2 WHERE id = $1', [id, at]);
  }

  async setTags(id: CampaignId, tags: readonly string[]): Promise<void> {
    await this.database.query('UPDATE campaigns.campaign SET tags = $2 WHERE id = $1', [id, JSON.stringify(tags)]);
  }

  /** All tags of the vendor's campaigns that are not archived, by name. */
  async tags(): Promise<string[]> {
    const rows = await this.database.query<{ tag: string }>(
      `SELECT DISTINCT tag FROM campaigns.campaign, jsonb_array_elements_text(tags) tag
       WHERE archived_at IS NULL AND purpose = 'campaign' ORDER BY tag`,
    );
    return rows.map(({ tag }) => tag);
  }

  /** Oldest first. */
  async comments(versionId: CampaignVersionId): Promise<ReviewComment[]> {
    return this.database.manager
      .getRepository(ReviewCommentSchema)
      .find({ where: { versionId }, order: { at: 'ASC', id: 'ASC' } });
  }

  /**
   * A comment that is no answer.
   * @throws DomainError `review-comment.not-found`
   */
  async comment(versionId: CampaignVersionId, id: ReviewCommentId): Promise<ReviewComment> {
    const found = await this.database.manager
      .getRepository(ReviewCommentSchema)
      .findOneBy({ id, versionId, answers: IsNull() });
    if (found === null) throw notFound('review-comment', id);
    return found;
  }

  async addComment(comment: ReviewComment): Promise<void> {
    await this.database.manager.getRepository(ReviewCommentSchema).insert(comment);
  }

  async saveResolution({ id, resolvedAt, resolvedByUserId, resolvedByName }: ReviewComment): Promise<void> {
    await this.database.manager
      .getRepository(ReviewCommentSchema)
      .update({ id }, { resolvedAt, resolvedByUserId, resolvedByName });
  }

  /** Newest campaigns first, by id. */
  async page({ limit, beforeId, search, state, tag, today }: CampaignPage): Promise<CampaignWithVersions[]> {
    const campaigns = await this.database.query<Pick<Campaign, 'id' | 'name' | 'archivedAt' | 'tags'>>(
      `SELECT c.id, c.name, c.archived_at, c.tags FROM campaigns.campaign c
       CROSS JOIN LATERAL (
         SELECT title, CASE WHEN status = 'in-review' AND approved_at IS NOT NULL THEN 'approved' ELSE status END AS state
         FROM campaigns.campaign_version WHERE campaign_id = c.id ORDER BY number DESC LIMIT 1) newest
       WHERE c.purpose = 'campaign' AND ($1::uuid IS NULL OR c.id < $1) AND ($6::text IS NULL OR c.tags ? $6) AND (c.archived_at IS NOT NULL) = ($4 IS NOT DISTINCT FROM 'archived')
         AND ($3::text IS NULL OR strpos(${lowerCase('c.name')}, ${lowerCase('$3')}) > 0
           OR EXISTS (SELECT FROM jsonb_each_text(newest.title) words WHERE strpos(${lowerCase('words.value')}, ${lowerCase('$3')}) > 0))
         AND ($4::text IS NULL OR ($4 = 'archived' OR $4 NOT IN ('published', 'opening') AND newest.state = $4) OR EXISTS (
           SELECT FROM campaigns.campaign_version WHERE campaign_id = c.id AND status = 'published'
             AND (opens_on <= $5 AND $4 = 'published' OR opens_on > $5 AND $4 = 'opening')))
       ORDER BY c.id DESC LIMIT $2`,
      [beforeId, limit, search, state, calendarDate(today), tag],
    );
    if (campaigns.length === 0) return [];
    const found = await plainVersions(this.database, {
      where: { campaignId: In(campaigns.map(({ id }) => id)) },
      order: { number: 'DESC' },
    });
    const versions = await withGroups(this.database, found);
    return campaigns.flatMap(({ id, name, archivedAt, tags }) => {
      const own = versions.filter(({ campaignId }) => campaignId === id);
      const [newest] = own;
      if (newest === undefined) return [];
      const published = own.find(({ status }) => status === 'published') ?? null;
      return [
        {
          id,
          name,
          archivedAt,
          tags,
          newest,
          published,
          statuses: own.map(({ number, status }) => ({ number, status })),
        },
      ];
    });
  }
}
