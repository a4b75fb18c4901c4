import { Injectable } from '@nestjs/common';
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
    const found = await this.database.inTransaction(READER, () =>
      this.database.query(
        `SELECT 1 FROM campaigns.recalled_image i JOIN campaigns.recall r ON r.id = i.recall_id
         WHERE i.hash = $1 AND r.reversed_at IS NULL LIMIT 1`,
        [hash],
      ),
    );
    return found.length > 0;
  }

  /**
   * Hides the pictures that a recall leaves to no version, if it concerns all
   * partners: a picture has one address for all of them. Idempotent.
   */
  async hide(actor: SystemActor, recall: Recall): Promise<void> {
    if (!stopsEverything(recall) || recall.partnerIds !== null) return;
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
    await this.database.inTransaction(actor, () =>
      this.database.query(
        'INSERT INTO campaigns.recalled_image (hash, recall_id) SELECT unnest($1::text[]), $2 ON CONFLICT DO NOTHING',
        [[...recalled].filter((hash) => !shown.has(hash)), recall.id],
      ),
    );
  }
}
