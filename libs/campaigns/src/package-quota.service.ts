import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { DomainError, type VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import { DraftFilesRepository } from './draft-files.repository.js';

const MB = 1_000_000;

/** Limits the size of the packages and uploaded files that a vendor has stored. */
@Injectable()
export class PackageQuota {
  constructor(
    private readonly database: Database,
    private readonly draftFiles: DraftFilesRepository,
    private readonly blobs: BlobStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PACKAGE_QUOTA_MB'>,
  ) {}

  /** @throws DomainError `package.quota-reached`. */
  async requireRoom(actor: VendorActor, bytes: number): Promise<void> {
    const hashes = await this.database.inTransaction(actor, async () => {
      const packages = await this.database.query<{ hash: string }>(
        'SELECT DISTINCT package_hash AS hash FROM campaigns.campaign_version WHERE vendor_id = $1',
        [actor.vendorId],
      );
      return [...packages.map(({ hash }) => hash), ...(await this.draftFiles.uploadHashes(actor.vendorId))];
    });
    const sizes = await Promise.all(hashes.map((hash) => this.blobs.sizeOf(hash)));
    const stored = sizes.reduce((sum, size) => sum + size, 0);
    const most = this.config.PACKAGE_QUOTA_MB;
    if (stored + bytes <= most * MB) return;
    throw new DomainError(
      'package.quota-reached',
      `Your packages have ${Math.round(stored / MB)} MB, and this one has ${Math.round(bytes / MB)} MB. The limit of this installation is ${most} MB. Make pictures smaller, or ask its operator for more (PACKAGE_QUOTA_MB).`,
      { field: 'package', most },
      { kind: 'conflict' },
    );
  }
}
