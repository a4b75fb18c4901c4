import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import type { CampaignId, VendorActor } from '#kernel';
import { CampaignsRepository } from './campaigns.repository.js';

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
   * Replaces the tags of a campaign. Those that differ in upper and lower case
   * only are one. Idempotent.
   * @throws DomainError `campaign.not-found`.
   */
  async replace(actor: VendorActor, campaignId: CampaignId, tags: readonly string[]): Promise<void> {
    requirePermission(actor, 'campaigns.edit');
    await this.database.inTransaction(actor, async () => {
      await this.rows.lock(campaignId);
      const { name, tags: before } = await this.rows.campaign(campaignId);
      const wanted = distinctTags(tags);
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

/** Each once, in the spelling that comes first. */
export function distinctTags(tags: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const tag of tags) {
    const key = tag.normalize('NFKC').toLowerCase();
    if (!known.has(key)) known.set(key, tag);
  }
  return [...known.values()].sort((one, other) => one.localeCompare(other, 'en'));
}
