import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { openManifest, type OpenManifest, signingActor, SigningKeys } from '#seal';
import { type BlobHash, BlobStore } from '#storage';
import type { PublishedVersion } from './published-version.js';

/**
 * Manifests are about a megabyte each; a process needs those of running
 * campaigns.
 */
const CACHED = 24;

/**
 * Manifests of published versions; signature and hashes are verified once per
 * process.
 */
@Injectable()
export class PublishedManifests {
  private readonly kept = new LRUCache<BlobHash, OpenManifest, PublishedVersion['vendorId']>({
    max: CACHED,
    // Callers get an entry that was evicted while it was loaded.
    ignoreFetchAbort: true,
    fetchMethod: (manifestHash, _, { context: vendorId }) => this.read(vendorId, manifestHash),
  });

  constructor(
    private readonly keys: SigningKeys,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * Call it outside of transactions: the keys are the vendor's.
   * @throws DomainError of `openManifest` when the stored manifest differs from
   *   the signed one.
   */
  open({ vendorId, manifestHash }: Pick<PublishedVersion, 'vendorId' | 'manifestHash'>): Promise<OpenManifest> {
    return this.kept.forceFetch(manifestHash, { context: vendorId });
  }

  private async read(vendorId: PublishedVersion['vendorId'], manifestHash: BlobHash): Promise<OpenManifest> {
    const keys = await this.keys.publicKeys(signingActor(vendorId));
    return openManifest(JSON.parse((await this.blobs.get(manifestHash)).toString()), keys);
  }
}
