import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { DomainError, type VendorActor } from '#kernel';
import type { BlobHash } from '#storage';
import { StoredBlobs } from './stored-blobs.service.js';

const MB = 1_000_000;

/**
 * Limits the bytes that a vendor's campaigns have in the store, replaced files
 * among them until they are deleted.
 */
@Injectable()
export class PackageQuota {
  constructor(
    private readonly stored: StoredBlobs,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PACKAGE_QUOTA_MB'>,
  ) {}

  /** @throws DomainError `package.quota-reached`. */
  async requireRoom(actor: VendorActor, bytes: number): Promise<void> {
    const stored = await this.stored.bytesOf(actor);
    const most = this.config.PACKAGE_QUOTA_MB;
    if (stored + bytes <= most * MB) return;
    throw new DomainError(
      'package.quota-reached',
      `Your packages and uploads have ${Math.round(stored / MB)} MB, and this one has ${Math.round(bytes / MB)} MB. The limit of this installation is ${most} MB. Replaced files count for another day. Make pictures smaller, or ask the operator for more (PACKAGE_QUOTA_MB).`,
      { field: 'package', most },
      { kind: 'conflict' },
    );
  }

  /**
   * Stores an uploaded file of a draft.
   * @throws DomainError `package.quota-reached`.
   */
  async storeUpload(actor: VendorActor, bytes: Buffer): Promise<BlobHash> {
    await this.requireRoom(actor, bytes.length);
    return this.stored.store(actor.vendorId, bytes, 'upload');
  }
}
