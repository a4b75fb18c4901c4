import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import type { Manifest } from '#contracts';
import { Clock, type VendorActor } from '#kernel';
import { sealMaster, SigningKeys } from '#seal';
import { BlobStore } from '#storage';
import type { CampaignVersion } from './campaign-version.js';

/** Writes down, at publication, what was approved, whole, and signs it with the vendor's key. */
@Injectable()
export class CampaignSeals {
  constructor(
    private readonly compiled: CompiledCampaigns,
    private readonly keys: SigningKeys,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @returns the hash of the signed manifest's blob.
   * @throws LockMismatch when a lock is not what was approved; nothing is published then.
   */
  async seal(actor: VendorActor, version: CampaignVersion): Promise<string> {
    const compiled = await this.compiled.load(version.compiledHash);
    const manifest: Manifest = {
      format: 'throughline/manifest@2',
      vendorId: version.vendorId,
      campaign: {
        name: compiled.definition.name,
        campaignId: version.campaignId,
        versionId: version.id,
        number: version.number,
      },
      packageHash: version.packageHash,
      compiledHash: version.compiledHash,
      sealedAt: this.clock.now().toISOString(),
      origin: new URL(this.config.PUBLIC_URL).origin,
      masters: sealedMasters(compiled),
      documents: [],
      pictures: [],
    };
    return this.blobs.put(Buffer.from(JSON.stringify(await this.keys.sign(actor, manifest))));
  }
}

const sealedMasters = ({ emails, pages }: CompiledCampaign): Manifest['masters'] =>
  [...emails, ...pages].flatMap(({ key, masters }) => Object.values(masters).map((master) => sealMaster(key, master)));
