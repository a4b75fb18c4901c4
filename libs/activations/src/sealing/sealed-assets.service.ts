import { Inject, Injectable } from '@nestjs/common';
import { type PublishedVersion, PublishedManifests } from '#campaigns';
import { CONFIG, type Config } from '#config';
import type { SignedReceipt } from '#contracts';
import { Clock, DomainError, type Id, type PartnerId, type SystemActor } from '#kernel';
import {
  type Finding,
  type Pixels,
  SealRecords,
  sha256,
  signingActor,
  SigningKeys,
  verifyPdf,
  verifyPixels,
} from '#seal';
import { BlobStore } from '#storage';
import type { Activation } from '../activation.js';
import type { AssetRecord } from '../activations.repository.js';
import { SealRefusals } from './seal-refusals.service.js';

/** A document's bytes; or a picture's, with the pixels that were encoded. */
export interface MadeAsset {
  readonly bytes: Buffer;
  readonly pixels: Pixels | null;
}

type AssetName = Pick<AssetRecord, 'kind' | 'key' | 'locale' | 'format'>;

/**
 * Checks documents and pictures against their seals, before storing and before
 * serving.
 */
@Injectable()
export class SealedAssets {
  constructor(
    private readonly manifests: PublishedManifests,
    private readonly keys: SigningKeys,
    private readonly records: SealRecords,
    private readonly refusals: SealRefusals,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @throws DomainError `seal.broken` when the copy does not match, recorded if
   *   there is an activation.
   */
  async requireMatch(
    version: PublishedVersion,
    activation: Activation | null,
    name: AssetName,
    made: MadeAsset,
  ): Promise<void> {
    const finding = await this.finding(version, name, made);
    if (finding !== null) throw await this.refused(activation, name, finding);
  }

  /** Signs which bytes were verified. Call it outside of transactions. */
  async signReceipt(
    version: PublishedVersion,
    activation: Activation,
    { id, kind, key, locale }: AssetName & { readonly id: Id<'asset'> },
    bytes: Buffer,
  ): Promise<SignedReceipt> {
    const { hash } = await this.manifests.open(version);
    return this.keys.sign(signingActor(version.vendorId), {
      format: 'throughline/receipt@1',
      vendorId: version.vendorId,
      subject: { kind: 'asset', id },
      activationId: activation.id,
      versionId: version.versionId,
      manifestHash: hash,
      medium: kind === 'document' ? 'document' : 'picture',
      key,
      locale,
      sealedAt: this.clock.now().toISOString(),
      origin: new URL(this.config.PUBLIC_URL).origin,
      verified: 'final-bytes',
      hashes: { bytes: sha256(bytes) },
    });
  }

  /** Keeps a receipt in the open transaction. */
  async saveReceipt(actor: SystemActor, partnerId: PartnerId, receipt: SignedReceipt): Promise<void> {
    await this.records.storeReceipts(actor, partnerId, [receipt]);
  }

  /**
   * An asset's bytes, to serve.
   * @throws DomainError `seal.broken` when they differ from the verified ones;
   *   recorded.
   */
  async bytes(activation: Activation, asset: AssetRecord): Promise<Buffer> {
    const bytes = await this.blobs.get(asset.blobHash);
    const found = sha256(bytes);
    if (found === asset.blobHash) return bytes;
    throw await this.refused(activation, asset, {
      code: 'stored-bytes',
      part: 'file',
      lock: null,
      offset: null,
      line: null,
      expected: asset.blobHash,
      found,
      message: 'The stored file is not the one that was verified.',
      remedy: 'Restore the file store from a backup.',
    });
  }

  private async finding(
    version: PublishedVersion,
    name: AssetName,
    { bytes, pixels }: MadeAsset,
  ): Promise<Finding | null> {
    const { manifest } = await this.manifests.open(version);
    const isIt = (sealed: { key: string; locale: string }): boolean =>
      sealed.key === name.key && sealed.locale === name.locale;
    const document = manifest.documents.find(isIt);
    if (name.kind === 'document' && document !== undefined) return verifyPdf(document, bytes);
    const picture = manifest.pictures.find((sealed) => isIt(sealed) && sealed.format === name.format);
    if (name.kind === 'social' && picture !== undefined && pixels !== null) return verifyPixels(picture, pixels);
    throw new DomainError(
      'seal.broken',
      `The manifest has no ${name.kind} “${name.key}”. Ask the vendor to publish the campaign again.`,
      {
        field: `${name.kind}.${name.key}`,
      },
    );
  }

  private async refused(activation: Activation | null, name: AssetName, finding: Finding): Promise<DomainError> {
    const medium = name.kind === 'document' ? 'document' : 'picture';
    if (activation !== null) {
      const { id, partnerId, vendorId } = activation;
      await this.refusals.record(
        { activationId: id, partnerId, vendorId, medium, key: name.key, locale: name.locale },
        finding,
      );
    }
    return new DomainError(
      'seal.broken',
      `The ${medium} “${name.key}” does not match what was published: ${finding.message} It is not served.`,
      { field: `${name.kind}.${name.key}` },
      { kind: 'unavailable' },
    );
  }
}
