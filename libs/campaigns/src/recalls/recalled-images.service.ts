import { Injectable } from '@nestjs/common';
import type { AssetId } from '#assets';
import { CompiledCampaigns } from '#content';
import { Database } from '#database';
import { type SystemActor, systemActor } from '#kernel';
import type { BlobHash } from '#storage';
import { type Recall, stopsEverything } from './recall.js';

const READER = systemActor('recalled-images');

/** Pictures of recalled versions, which sent e-mails still ask for. */
@Injectable()
export class RecalledImages {
  constructor(
    private readonly database: Database,
    private readonly compiled: CompiledCampaigns,
  ) {}

  /** Whether only recalled versions show a picture. */
  async hides(hash: BlobHash): Promise<boolean> {
    const [found] = await this.database.inTransaction(READER, () =>
      this.database.query<{ isAsset: boolean }>(
        `SELECT r.asset_id IS NOT NULL AS is_asset FROM campaigns.recalled_image i JOIN campaigns.recall r ON r.id = i.recall_id
         WHERE i.hash = $1 AND r.reversed_at IS NULL ORDER BY 1 DESC LIMIT 1`,
        [hash],
      ),
    );
    if (found === undefined) return false;
    return found.isAsset || !(await this.isShownSince(hash));
  }

  /**
   * Whether a version that came after the recall shows a hidden picture: a
   * corrected version mostly has the same ones. Read now, and not recorded when
   * a version is published: only pictures that were hidden cost something.
   */
  private async isShownSince(hash: BlobHash): Promise<boolean> {
    const later = await this.database.inTransaction(READER, () =>
      this.database.query<{ compiledHash: BlobHash }>(
        `SELECT DISTINCT v.compiled_hash FROM campaigns.recalled_image i JOIN campaigns.recall r ON r.id = i.recall_id
         JOIN campaigns.campaign_version v ON v.vendor_id = r.vendor_id
         WHERE i.hash = $1 AND r.reversed_at IS NULL AND v.status <> 'recalled' AND (v.published_at >= r.decided_at
           OR EXISTS (SELECT FROM campaigns.recalled_version o JOIN campaigns.recall other ON other.id = o.recall_id
             WHERE o.version_id = v.id AND other.reversed_at >= r.decided_at))`,
        [hash],
      ),
    );
    for (const { compiledHash } of later) {
      const { images } = await this.compiled.load(compiledHash);
      if (Object.values(images).some((image) => image.hash === hash)) return true;
    }
    return false;
  }

  /**
   * Hides the pictures that a recall leaves to no version, if it concerns all
   * partners: a picture has one address for all of them. Idempotent.
   */
  async hide(actor: SystemActor, recall: Recall): Promise<void> {
    if (recall.partnerIds !== null || recall.mode === 'finish') return;
    if (recall.asset !== null && recall.locale === null) return this.hideAsset(actor, recall, recall.asset.id);
    if (!stopsEverything(recall)) return;
    const versions = await this.database.inTransaction(actor, () =>
      this.database.query<{ compiledHash: BlobHash; isRecalled: boolean }>(
        `SELECT v.compiled_hash, r.version_id IS NOT NULL AS is_recalled FROM campaigns.campaign_version v
         LEFT JOIN campaigns.recalled_version r ON r.version_id = v.id AND r.recall_id = $2
         WHERE v.vendor_id = $1 AND v.published_at IS NOT NULL AND (r.version_id IS NOT NULL OR v.status <> 'recalled')`,
        [recall.vendorId, recall.id],
      ),
    );
    const [recalled, shown] = [new Set<string>(), new Set<string>()];
    for (const { compiledHash, isRecalled } of versions) {
      const { images } = await this.compiled.load(compiledHash);
      for (const { hash } of Object.values(images)) (isRecalled ? recalled : shown).add(hash);
    }
    await this.record(
      actor,
      recall,
      [...recalled].filter((hash) => !shown.has(hash)),
    );
  }

  /** All copies of an asset in the recalled versions, whatever else shows them. */
  private async hideAsset(actor: SystemActor, recall: Recall, assetId: AssetId): Promise<void> {
    const vendor = systemActor('recalled-images', { vendorId: recall.vendorId });
    const copies = await this.database.inTransaction(vendor, () =>
      this.database.query<{ hash: string }>(
        `SELECT DISTINCT u.hash FROM campaigns.library_use u JOIN campaigns.recalled_version v ON v.version_id = u.version_id
         JOIN assets.library_copy_view c ON c.vendor_id = u.vendor_id AND c.hash = u.hash
         WHERE v.recall_id = $1 AND c.asset_id = $2`,
        [recall.id, assetId],
      ),
    );
    await this.record(
      actor,
      recall,
      copies.map(({ hash }) => hash),
    );
  }

  private async record(actor: SystemActor, { id }: Recall, hashes: readonly string[]): Promise<void> {
    await this.database.inTransaction(actor, () =>
      this.database.query(
        'INSERT INTO campaigns.recalled_image (hash, recall_id) SELECT unnest($1::text[]), $2 ON CONFLICT DO NOTHING',
        [hashes, id],
      ),
    );
  }
}
