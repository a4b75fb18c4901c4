import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { CampaignId } from '#kernel';
import type { DraftFile } from './draft-file.js';

/** Rows of changed files. Joins the transactions of its callers. */
@Injectable()
export class DraftFilesRepository {
  constructor(private readonly database: Database) {}

  /** Changed files of a campaign, by path. */
  async byCampaign(campaignId: CampaignId): Promise<DraftFile[]> {
    return this.database.query<DraftFile>(
      `SELECT campaign_id, vendor_id, path, package_hash, text, upload_hash, bytes, revision, saved_at,
         saved_by_user_id, saved_by_name
       FROM campaigns.draft_file WHERE campaign_id = $1 ORDER BY path`,
      [campaignId],
    );
  }

  /** Stores a changed file, or replaces it. */
  async save(file: DraftFile): Promise<void> {
    const { campaignId, vendorId, path, packageHash, text, uploadHash, bytes, revision } = file;
    await this.database.query(
      `INSERT INTO campaigns.draft_file AS f (campaign_id, vendor_id, path, package_hash, text, upload_hash, bytes, revision, saved_at,
         saved_by_user_id, saved_by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (campaign_id, path) DO UPDATE SET package_hash = $4, text = $5, upload_hash = $6, bytes = $7, revision = $8,
         saved_at = $9, saved_by_user_id = $10, saved_by_name = $11`,
      [
        campaignId,
        vendorId,
        path,
        packageHash,
        text,
        uploadHash,
        bytes,
        revision,
        file.savedAt,
        file.savedByUserId,
        file.savedByName,
      ],
    );
  }

  async delete(campaignId: CampaignId, paths: readonly string[]): Promise<void> {
    await this.database.query('DELETE FROM campaigns.draft_file WHERE campaign_id = $1 AND path = ANY ($2)', [
      campaignId,
      paths,
    ]);
  }

  /**
   * Removes the changes that a new package contains. Those that were saved
   * again meanwhile stay: they were made from these very texts.
   */
  async settle(files: readonly DraftFile[], packageHash: string): Promise<void> {
    const [first] = files;
    if (first === undefined) return;
    await this.database.query(
      'DELETE FROM campaigns.draft_file WHERE campaign_id = $1 AND revision = ANY ($2::uuid[])',
      [first.campaignId, files.map(({ revision }) => revision)],
    );
    await this.database.query(
      'UPDATE campaigns.draft_file SET package_hash = $3 WHERE campaign_id = $1 AND package_hash = $2',
      [first.campaignId, first.packageHash, packageHash],
    );
  }
}
