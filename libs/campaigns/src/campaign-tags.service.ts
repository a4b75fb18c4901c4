import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { MAX_TAGS } from '#contracts';
import { type CampaignId, DomainError, type VendorActor } from '#kernel';
import { CampaignsRepository } from './campaigns.repository.js';

export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** A vendor's own words for its campaigns, by which it finds them. */
@Injectable()
export class CampaignTags {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly audit: AuditLog,
  ) {}

  /** All tags of campaigns that are not archived, by name. */
  async list(actor: VendorActor): Promise<string[]> {
    requirePermission(actor, 'campaigns.read');
    return this.database.inTransaction(actor, () => this.rows.tags());
  }

  /**
   * Adds tags to a campaign and removes others. Those that differ in upper and
   * lower case only are one. Idempotent.
   * @throws DomainError `campaign.not-found`, `campaign.too-many-tags`.
   */
  async change(actor: VendorActor, campaignId: CampaignId, change: TagChange): Promise<void> {
    requirePermission(actor, 'campaigns.edit');
    await this.database.inTransaction(actor, async () => {
      await this.rows.lock(campaignId);
      const { name, tags: before } = await this.rows.campaign(campaignId);
      const wanted = changedTags(before, change);
      if (JSON.stringify(wanted) === JSON.stringify(before)) return;
      await this.rows.setTags(campaignId, wanted);
      await this.audit.record(actor, {
        action: 'campaign.tagged',
        subject: { kind: 'campaign', id: campaignId },
        details: { name, tags: wanted },
      });
    });
  }
}

/**
 * Tags after a change, each once, in the spelling that comes first.
 * @throws DomainError `campaign.too-many-tags`.
 */
export function changedTags(before: readonly string[], { add, remove }: TagChange): string[] {
  const known = new Map<string, string>();
  for (const tag of before) known.set(keyOf(tag), tag);
  for (const tag of remove) known.delete(keyOf(tag));
  for (const tag of add) if (!known.has(keyOf(tag))) known.set(keyOf(tag), tag);
  if (known.size > MAX_TAGS)
    throw new DomainError(
      'campaign.too-many-tags',
      `A campaign has at most ${MAX_TAGS} tags; these would be ${known.size}. Remove some.`,
      { max: MAX_TAGS, count: known.size },
    );
  return [...known.values()].sort((one, other) => one.localeCompare(other, 'en'));
}

const keyOf = (tag: string): string => tag.normalize('NFKC').toLowerCase();
