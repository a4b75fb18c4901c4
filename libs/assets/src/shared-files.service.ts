import { Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { Jobs } from '#jobs';
import { type Actor, notFound, type PartnerActor } from '#kernel';
import { BlobStore, TemporaryFiles } from '#storage';
import type { Asset } from './asset.js';
import { COBRAND_LIBRARY_FILE } from './assets.jobs.js';
import { requireBrandable } from './branded-files.service.js';

const MAKE_MS = 60_000;

/** Bytes of shared files. */
@Injectable()
export class SharedFiles {
  constructor(
    private readonly blobs: BlobStore,
    private readonly jobs: Jobs,
    private readonly temporary: TemporaryFiles,
    private readonly profiles: BrandProfiles,
  ) {}

  async original({ id, file, title }: Asset) {
    if (file === null) throw notFound('file', id);
    if (file.mediaType !== 'image/svg+xml')
      return { bytes: await this.blobs.get(file.hash), mediaType: file.mediaType, name: file.name };
    if (file.previewHash === null) throw notFound('file', id);
    return { bytes: await this.blobs.get(file.previewHash), mediaType: 'image/png', name: `${title}.png` };
  }

  async branded(actor: PartnerActor, asset: Asset, locale: string) {
    requireBrandable(asset);
    const data = { assetId: asset.id, partnerId: actor.partnerId, locale };
    const { file } = await this.jobs.request(COBRAND_LIBRARY_FILE, data, MAKE_MS, actor.partnerId);
    const isDocument = asset.kind === 'document';
    return {
      bytes: await this.temporary.readOnce(file),
      mediaType: isDocument ? 'application/pdf' : 'image/png',
      name: `${asset.title}.${isDocument ? 'pdf' : 'png'}`,
    };
  }

  /** The small picture of an asset, or the poster of a video. */
  async preview({ id, file, poster }: Asset): Promise<Buffer> {
    const hash = file?.previewHash ?? poster?.previewHash;
    if (hash === undefined) throw notFound('file', id);
    return this.blobs.get(hash);
  }

  /** The partner's logo on white. */
  async plate(actor: Actor) {
    const { hash, width, height } = await this.profiles.logoPlate(actor);
    return { png: await this.blobs.get(hash), width, height };
  }
}
