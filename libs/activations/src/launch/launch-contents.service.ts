import { Injectable } from '@nestjs/common';
import type { PublishedVersion } from '#campaigns';
import type { SignedActivationSeal } from '#contracts';
import { Engagement } from '#engagement';
import type { ActivationId, PartnerActor, PartnerId } from '#kernel';
import { ActivationSeals, type BakedPart } from '../sealing/activation-seals.service.js';
import { ActivationsRepository } from '../activations.repository.js';
import { BrandedMasters } from '../branding/branded-masters.service.js';
import type { LaunchSource } from './launch-brand.service.js';
import { linkTargets } from '../branding/link-targets.js';

export interface LaunchContent {
  readonly baked: readonly BakedPart[];
  readonly seal: SignedActivationSeal;
}

/** The e-mails and pages of a launch: baked, sealed and stored. */
@Injectable()
export class LaunchContents {
  constructor(
    private readonly repository: ActivationsRepository,
    private readonly masters: BrandedMasters,
    private readonly seals: ActivationSeals,
    private readonly engagement: Engagement,
  ) {}

  /**
   * Bakes every master in the partner's brand, and seals the result. Call it
   * outside of transactions.
   * @throws DomainError `logo.missing`, `brand.unusable` or `seal.broken`.
   */
  async bake(
    actor: PartnerActor,
    id: ActivationId,
    version: PublishedVersion,
    source: LaunchSource,
  ): Promise<LaunchContent> {
    const { emails, pages } = source.compiled;
    const parts = [
      ...emails.map((part) => ({ kind: 'email' as const, ...part })),
      ...pages.map((part) => ({ kind: 'page' as const, ...part })),
    ];
    const masters = parts.flatMap(({ kind, key, masters: inLocales }) =>
      Object.values(inLocales).map((master) => ({ kind, key, master })),
    );
    const logos = await this.masters.logos(
      actor,
      masters.map(({ master }) => master),
    );
    const baked = masters.map(({ kind, key, master }) => ({
      kind,
      key,
      baked: this.masters.bake(master, source, logos),
    }));
    return { baked, seal: await this.seals.seal(id, version, source.profile.verifiedHosts, baked) };
  }

  /** In the open transaction, after the activation itself. */
  async save(
    id: ActivationId,
    partnerId: PartnerId,
    { baked, seal }: LaunchContent,
    source: LaunchSource,
  ): Promise<void> {
    await this.repository.insertBaked({ id, partnerId }, baked);
    await this.seals.save(partnerId, seal);
    await this.engagement.writeTargets(id, partnerId, linkTargets(source));
  }
}
