import { Inject, Injectable } from '@nestjs/common';
import { documentProof, socialProof } from '#artwork';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, CompiledCampaigns, SOCIAL_FORMATS } from '#content';
import type { Manifest } from '#contracts';
import { Clock, type VendorActor } from '#kernel';
import { lockedPixelsHash, sealMaster, SigningKeys } from '#seal';
import { BlobStore } from '#storage';
import type { CampaignVersion } from './campaign-version.js';
import { SAMPLE_PARTNER } from './sample-brand.js';
import { sampleValues } from './sample-preview.js';
import { rehearse } from './seal-rehearsal.js';

/**
 * Stores the complete approved content at publication, signed with the vendor's
 * key.
 */
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
   * @throws LockMismatch when a lock differs from the approved one; nothing is
   *   published then.
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
      masters: this.masters(compiled),
      documents: await this.documents(compiled),
      pictures: await this.pictures(compiled),
    };
    return this.blobs.put(Buffer.from(JSON.stringify(await this.keys.sign(actor, manifest))));
  }

  /**
   * Each is rehearsed before it is signed.
   * @throws SealRehearsalFailure
   */
  private masters(compiled: CompiledCampaign): Manifest['masters'] {
    const brand = { name: SAMPLE_PARTNER.name, colours: compiled.definition.brand.defaults };
    return [...compiled.emails, ...compiled.pages].flatMap(({ key, masters }) =>
      Object.values(masters).map((master) => {
        const sealed = sealMaster(key, master);
        rehearse(master, sealed, sampleValues(compiled, master, brand, this.config.PUBLIC_URL), this.config.PUBLIC_URL);
        return sealed;
      }),
    );
  }

  private async documents({ documents }: CompiledCampaign): Promise<Manifest['documents']> {
    const sealed: Manifest['documents'] = [];
    for (const { key, prepared } of documents)
      for (const [locale, hash] of Object.entries(prepared)) {
        const { sha256, byteLength, trailer, xrefOffset, reserved } = documentProof(await this.blobs.get(hash));
        const objects = reserved.map((object) =>
          object.kind === 'drawing' ? { ...object, boxes: [...object.boxes] } : { ...object },
        );
        sealed.push({
          key,
          locale,
          prefixBytes: byteLength,
          prefixHash: sha256,
          trailer,
          xrefOffset,
          reserved: objects,
        });
      }
    return sealed;
  }

  private async pictures({ social }: CompiledCampaign): Promise<Manifest['pictures']> {
    const sealed: Manifest['pictures'] = [];
    // The formats of a post at once: decoding them is most of the work, and the
    // picture library has threads of its own.
    for (const { key, prepared } of social)
      for (const [locale, hashes] of Object.entries(prepared))
        sealed.push(
          ...(await Promise.all(
            SOCIAL_FORMATS.map(async (format) => {
              const { pixels, boxes } = await socialProof(await this.blobs.get(hashes[format]));
              const { width, height } = pixels;
              const lockedHash = lockedPixelsHash(pixels, boxes);
              return { key, locale, format, width, height, boxes: boxes.map((box) => ({ ...box })), lockedHash };
            }),
          )),
        );
    return sealed;
  }
}
