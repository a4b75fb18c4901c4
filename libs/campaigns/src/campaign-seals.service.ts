import { createHash, sign } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CompiledCampaigns } from '#content';
import type { VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import type { CampaignVersion } from './campaign-version.js';
import { ManifestKeys } from './manifest-keys.service.js';

/** Writes down, at publication, what was approved: per master its root and its locks, signed by the vendor's key. */
@Injectable()
export class CampaignSeals {
  constructor(
    private readonly compiled: CompiledCampaigns,
    private readonly keys: ManifestKeys,
    private readonly blobs: BlobStore,
  ) {}

  /** @returns the hash of the signed manifest's blob. */
  async seal(actor: VendorActor, version: CampaignVersion): Promise<string> {
    const { definition, emails, pages } = await this.compiled.load(version.compiledHash);
    const masters = [
      ...emails.map((email) => ({ kind: 'email', ...email })),
      ...pages.map((page) => ({ kind: 'page', ...page })),
    ];
    const manifest = JSON.stringify({
      format: 'throughline/manifest@1',
      campaign: {
        name: definition.name,
        campaignId: version.campaignId,
        versionId: version.id,
        number: version.number,
      },
      packageHash: version.packageHash,
      compiledHash: version.compiledHash,
      masters: masters.flatMap(({ kind, key, masters: inLocales }) =>
        Object.values(inLocales).map(({ locale, root, locks }) => ({ kind, key, locale, root, locks })),
      ),
    });
    const { publicKey, privateKey } = await this.keys.ofVendor(actor);
    const signature = sign(null, Buffer.from(manifest), privateKey).toString('base64');
    const keyId = createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
    return this.blobs.put(Buffer.from(JSON.stringify({ manifest, signature, keyId, publicKey })));
  }
}
