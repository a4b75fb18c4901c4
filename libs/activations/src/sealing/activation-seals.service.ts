import { Inject, Injectable } from '@nestjs/common';
import { type PublishedVersion, PublishedManifests } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { type ActivationSeal, SignedActivationSeal, type TemplateType } from '#contracts';
import { type ActivationId, Clock, DomainError, type PartnerId, type SystemActor } from '#kernel';
import type { BakedMaster } from '#rendering';
import {
  type Finding,
  masterIn,
  openSigned,
  type OpenManifest,
  prepareCopy,
  type PreparedCopy,
  sealCopy,
  SealRecords,
  signingActor,
  SigningKeys,
  verifyBaked,
} from '#seal';
import type { Activation } from '../activation.js';

/** One of an activation's baked masters, before or after it was written. */
export interface BakedPart {
  readonly kind: TemplateType;
  readonly key: string;
  readonly baked: BakedMaster;
}

/** An activation's seal beside the manifest that it is of, both verified. */
export interface OpenSeal extends OpenManifest {
  readonly seal: ActivationSeal;
}

/** Seals what a launch has baked, and opens such seals. */
@Injectable()
export class ActivationSeals {
  constructor(
    private readonly manifests: PublishedManifests,
    private readonly keys: SigningKeys,
    private readonly records: SealRecords,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Verifies every baked master against the manifest, and signs the approved
   * values. Call it outside of transactions.
   * @throws DomainError `seal.broken` when a baked master differs; nothing is
   *   launched.
   */
  async seal(
    activationId: ActivationId,
    version: PublishedVersion,
    partnerHosts: readonly string[],
    parts: readonly BakedPart[],
  ): Promise<SignedActivationSeal> {
    const { manifest, hash } = await this.manifests.open(version);
    const origin = new URL(this.config.PUBLIC_URL).origin;
    const masters = parts.map(({ kind, key, baked }) => {
      const master = masterIn(manifest, kind, key, baked.locale);
      if (master === undefined) throw sealBroken(kind, key, null);
      const copy = prepareCopy(master, { origins: [origin], partner: { partnerHosts, values: baked.values } });
      const finding = verifyBaked(copy, baked);
      if (finding !== null) throw sealBroken(kind, key, finding);
      return sealCopy(master, baked);
    });
    return this.keys.sign(signingActor(version.vendorId), {
      format: 'throughline/activation-seal@1',
      vendorId: version.vendorId,
      activationId,
      versionId: version.versionId,
      manifestHash: hash,
      sealedAt: this.clock.now().toISOString(),
      origin,
      partnerHosts: [...partnerHosts],
      masters,
    });
  }

  /** Writes a seal down in the open transaction. */
  async save(partnerId: PartnerId, edition: number, signed: SignedActivationSeal): Promise<void> {
    await this.records.storeActivationSeal(partnerId, edition, signed);
  }

  /**
   * An activation's seal as signed at the launch or the update. Call it outside of transactions.
   * @throws DomainError `activation-seal.not-found`, or as `openSigned` and
   *   `openManifest` when data was changed.
   */
  async open(
    actor: SystemActor,
    { id: activationId, edition }: Pick<Activation, 'id' | 'edition'>,
    version: PublishedVersion,
  ): Promise<OpenSeal> {
    const opened = await this.manifests.open(version);
    const signed = await this.records.activationSeal(actor, activationId, edition);
    const keys = await this.keys.publicKeys(signingActor(version.vendorId));
    const seal = openSigned(SignedActivationSeal, 'activation seal', signed, keys);
    if (seal.activationId !== activationId || seal.manifestHash !== opened.hash)
      throw new DomainError(
        'seal.other-activation',
        'The seal belongs to another activation. Launch the campaign again.',
        {
          activationId,
        },
      );
    return { ...opened, seal };
  }

  /** @throws DomainError `seal.broken` when the seal knows no such copy. */
  prepare({ manifest, seal }: OpenSeal, part: Omit<BakedPart, 'baked'> & { readonly locale: string }): PreparedCopy {
    const { kind, key, locale } = part;
    const master = masterIn(manifest, kind, key, locale);
    const sealed = seal.masters.find((copy) => copy.kind === kind && copy.key === key && copy.locale === locale);
    if (master === undefined || sealed?.root !== master.root) throw sealBroken(kind, key, null);
    // PUBLIC_URL may have changed since the launch: links of messages use the
    // current one.
    const origins = [...new Set([seal.origin, new URL(this.config.PUBLIC_URL).origin])];
    return prepareCopy(master, { origins, partner: { partnerHosts: seal.partnerHosts, values: sealed.values } });
  }
}

function sealBroken(kind: string, key: string, finding: Finding | null): DomainError {
  return new DomainError(
    'seal.broken',
    `The ${kind} “${key}” is not what was published${finding === null ? '' : `: ${finding.message}`}. Ask the vendor to publish the campaign again.`,
    { field: `${kind}s.${key}`, lock: finding?.lock ?? null },
    { kind: 'conflict' },
  );
}
