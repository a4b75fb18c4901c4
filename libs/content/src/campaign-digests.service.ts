import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { systemActor } from '#kernel';
import type { BlobHash } from '#storage';
import { type CampaignDigest, DIGEST_SHAPE, digestOf } from './campaign-digest.js';
import type { CompiledCampaign } from './compile/compiled-campaign.js';

const DIGEST_ACTOR = systemActor('campaign-digests');
/** Each has a few kilobytes. */
const KEPT_IN_MEMORY = 2_000;

/**
 * Digests of compiled campaigns, by hash. Made when a package is compiled, or
 * when a campaign without a digest is requested.
 */
@Injectable()
export class CampaignDigests {
  private readonly cache = new Map<BlobHash, CampaignDigest>();

  constructor(private readonly database: Database) {}

  async save(hash: BlobHash, compiled: CompiledCampaign): Promise<CampaignDigest> {
    const digest = digestOf(compiled);
    await this.database.inTransaction(DIGEST_ACTOR, () =>
      this.database.query(
        `INSERT INTO content.campaign_digest AS d (compiled_hash, digest, shape) VALUES ($1, $2, $3)
         ON CONFLICT (compiled_hash) DO UPDATE SET digest = excluded.digest, shape = excluded.shape
         WHERE d.shape < excluded.shape`,
        [hash, JSON.stringify(digest), DIGEST_SHAPE],
      ),
    );
    return digest;
  }

  /**
   * Must not be called in a transaction.
   * @param load reads a campaign that has no digest yet, because it was
   *   compiled before digests existed.
   */
  async loadOrCreate(
    hashes: readonly BlobHash[],
    load: (hash: BlobHash) => Promise<CompiledCampaign>,
  ): Promise<ReadonlyMap<BlobHash, CampaignDigest>> {
    if (this.cache.size + hashes.length > KEPT_IN_MEMORY) this.cache.clear();
    const unread = hashes.filter((hash) => !this.cache.has(hash));
    const found = new Map(this.cache);
    if (unread.length > 0) for (const { hash, digest } of await this.read(unread)) found.set(hash, digest);
    // One at a time: each takes megabytes while it is read.
    for (const hash of hashes) if (!found.has(hash)) found.set(hash, await this.save(hash, await load(hash)));
    for (const [hash, digest] of found) this.cache.set(hash, digest);
    return found;
  }

  private read(hashes: readonly BlobHash[]): Promise<{ hash: BlobHash; digest: CampaignDigest }[]> {
    return this.database.inTransaction(DIGEST_ACTOR, () =>
      this.database.query<{ hash: BlobHash; digest: CampaignDigest }>(
        `SELECT compiled_hash AS hash, digest FROM content.campaign_digest
         WHERE compiled_hash = ANY ($1) AND shape = $2`,
        [hashes, DIGEST_SHAPE],
      ),
    );
  }
}
