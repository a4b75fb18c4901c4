import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { CompiledCampaigns } from '#content';
import type { Manifest } from '#contracts';
import { Clock, type VendorActor } from '#kernel';
import { SigningKeys } from '#seal';
import { BlobStore } from '#storage';
import type { CampaignVersion } from './campaign-version.js';
import { AssetUsers } from './recalls/asset-users.service.js';
import { SealedContents } from './sealed-contents.service.js';

/**
 * Stores the complete approved content at publication, signed with the vendor's
 * key.
 */
@Injectable()
export class CampaignSeals {
  private readonly logger = new Logger(CampaignSeals.name);

  constructor(
    private readonly compiled: CompiledCampaigns,
    private readonly contents: SealedContents,
    private readonly keys: SigningKeys,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
    private readonly assets: AssetUsers,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Seals the content of a version in review in the background, because a user
   * may publish it next. An error is reported when it is published.
   */
  prepare({ id, status, compiledHash }: Pick<CampaignVersion, 'id' | 'status' | 'compiledHash'>): void {
    if (status !== 'in-review') return;
    this.contents
      .of(compiledHash)
      .catch((error: unknown) => this.logger.warn(`Version ${id} cannot be sealed yet: ${String(error)}`));
  }

  /**
   * @returns the hash of the signed manifest's blob.
   * @throws LockMismatch when a lock differs from the approved one; nothing is
   *   published then.
   * @throws DomainError `asset.recalled`.
   */
  async seal(actor: VendorActor, version: CampaignVersion): Promise<string> {
    await this.assets.requireNoneRecalled(actor, version);
    const { definition } = await this.compiled.load(version.compiledHash);
    const manifest: Manifest = {
      format: 'throughline/manifest@2',
      vendorId: version.vendorId,
      campaign: {
        name: definition.name,
        campaignId: version.campaignId,
        versionId: version.id,
        number: version.number,
      },
      packageHash: version.packageHash,
      compiledHash: version.compiledHash,
      sealedAt: this.clock.now().toISOString(),
      origin: new URL(this.config.PUBLIC_URL).origin,
      ...(await this.contents.of(version.compiledHash)),
    };
    return this.blobs.put(Buffer.from(JSON.stringify(await this.keys.sign(actor, manifest))));
  }
}
