import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { CampaignId, CampaignVersionId, VendorActor } from '#kernel';
import type { BlobHash } from '#storage';

/** The newest version of a campaign that was published. */
export interface NewestVersion {
  readonly id: CampaignVersionId;
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly compiledHash: BlobHash;
}

/** Reads the newest published versions of a vendor's campaigns. */
@Injectable()
export class NewestVersions {
  constructor(private readonly database: Database) {}

  /** Newest campaign first. Campaigns that were never published, and those of other vendors, have none. */
  find(actor: VendorActor, campaignIds: readonly CampaignId[]): Promise<NewestVersion[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<NewestVersion>(
        `SELECT DISTINCT ON (campaign_id) id, campaign_id, number, compiled_hash FROM campaigns.campaign_version_view
         WHERE campaign_id = ANY ($1::uuid[]) AND published_at IS NOT NULL ORDER BY campaign_id DESC, number DESC`,
        [campaignIds],
      ),
    );
  }
}
