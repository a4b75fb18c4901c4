import { Injectable, Logger } from '@nestjs/common';
import { Database } from '#database';
import { systemActor, type VendorActor, type VendorId } from '#kernel';
import { type BlobHash, BlobStore } from '#storage';

interface Owner {
  readonly vendorId: VendorId;
  /** Null: uploads to drafts, and what was compiled from unsaved changes. */
  readonly packageHash: BlobHash | null;
}

const RECORDER = systemActor('blob recorder');
const SWEEPER = systemActor('blob sweeper');

/**
 * Packages and uploads that a version, a campaign or a draft refers to. A
 * version needs all that was compiled from its package.
 */
const IS_USED = `CASE WHEN s.package_hash IS NULL
  THEN EXISTS (SELECT FROM campaigns.draft_file d WHERE d.vendor_id = s.vendor_id AND d.upload_hash = s.hash)
  ELSE EXISTS (SELECT FROM campaigns.campaign_version v WHERE v.vendor_id = s.vendor_id AND v.package_hash = s.package_hash)
    OR EXISTS (SELECT FROM campaigns.campaign c WHERE c.vendor_id = s.vendor_id AND c.template_hash = s.package_hash)
    OR EXISTS (SELECT FROM campaigns.draft_file d WHERE d.vendor_id = s.vendor_id AND d.package_hash = s.package_hash)
  END`;

/**
 * The blobs that campaigns of a vendor have in the store: packages, what was
 * compiled from them, and uploads. What nothing refers to any more is deleted.
 */
@Injectable()
export class StoredBlobs {
  private readonly logger = new Logger(StoredBlobs.name);

  constructor(
    private readonly database: Database,
    private readonly blobs: BlobStore,
  ) {}

  /** Stores bytes and records them. */
  async store(vendorId: VendorId, bytes: Buffer, as: 'upload' | 'package'): Promise<BlobHash> {
    const hash = await this.blobs.putRemovable(bytes);
    await this.record({ vendorId, packageHash: as === 'package' ? hash : null }, [hash]);
    return hash;
  }

  /** Records blobs after they were stored, and before a row refers to them. */
  async record(owner: Owner, stored: readonly BlobHash[]): Promise<void> {
    const hashes = [...new Set(stored)].sort();
    if (hashes.length === 0) return;
    const bytes = await Promise.all(hashes.map((hash) => this.blobs.sizeOf(hash)));
    await this.database.inTransaction(RECORDER, async () => {
      await this.lock(owner);
      await this.database.query(
        `INSERT INTO campaigns.stored_blob (vendor_id, package_hash, hash, bytes)
         SELECT $1, $2, n.hash, n.bytes FROM unnest($3::text[], $4::bigint[]) AS n (hash, bytes)
         ON CONFLICT DO NOTHING`,
        [owner.vendorId, owner.packageHash, hashes, bytes],
      );
    });
  }

  /** Bytes of all blobs of the vendor. */
  async bytesOf(actor: VendorActor): Promise<number> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ bytes: string }>(
        `SELECT coalesce(sum(bytes), 0) AS bytes FROM
           (SELECT DISTINCT hash, bytes FROM campaigns.stored_blob WHERE vendor_id = $1) AS of_vendor`,
        [actor.vendorId],
      ),
    );
    return Number(row?.bytes ?? 0);
  }

  /**
   * Deletes blobs that nothing refers to.
   * @param before a time of the machine's clock: what was stored later stays,
   *   because a row may be about to refer to it.
   * @returns how many.
   */
  async deleteUnused(before: Date): Promise<number> {
    const owners = await this.database.inTransaction(SWEEPER, () =>
      this.database.query<Owner>(
        `SELECT DISTINCT vendor_id, package_hash FROM campaigns.stored_blob s WHERE NOT (${IS_USED})`,
      ),
    );
    let deleted = 0;
    for (const owner of owners) {
      if (owner.packageHash !== null && !(await this.blobs.isOlder(owner.packageHash, before))) continue;
      deleted += await this.database.inTransaction(SWEEPER, () => this.deleteOf(owner, before));
    }
    if (deleted > 0) this.logger.log(`${deleted} files of campaigns that nothing used were deleted.`);
    return deleted;
  }

  private async deleteOf(owner: Owner, before: Date): Promise<number> {
    await this.lock(owner);
    const unused = await this.database.query<{ hash: BlobHash; isOfAnother: boolean }>(
      `SELECT hash, EXISTS (SELECT FROM campaigns.stored_blob o
         WHERE o.hash = s.hash AND (o.vendor_id <> $1 OR o.package_hash IS DISTINCT FROM $2)) AS is_of_another
       FROM campaigns.stored_blob s WHERE vendor_id = $1 AND package_hash IS NOT DISTINCT FROM $2 AND NOT (${IS_USED})`,
      [owner.vendorId, owner.packageHash],
    );
    const gone: BlobHash[] = [];
    let deleted = 0;
    for (const { hash, isOfAnother } of unused) {
      if (isOfAnother) {
        // An upload may be recorded, and its draft not yet refer to it.
        if (owner.packageHash !== null || (await this.blobs.isOlder(hash, before))) gone.push(hash);
      } else if (await this.blobs.removeUnused(hash, before)) {
        gone.push(hash);
        deleted++;
      }
    }
    await this.database.query(
      `DELETE FROM campaigns.stored_blob
       WHERE vendor_id = $1 AND package_hash IS NOT DISTINCT FROM $2 AND hash = ANY ($3)`,
      [owner.vendorId, owner.packageHash, gone],
    );
    return deleted;
  }

  /** Recording and deleting the blobs of an owner take turns. */
  private lock({ vendorId, packageHash }: Owner): Promise<void> {
    return this.database.lock(`stored blobs ${vendorId} ${packageHash ?? ''}`);
  }
}
