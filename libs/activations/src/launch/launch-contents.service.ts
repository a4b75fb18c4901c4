import { Injectable } from '@nestjs/common';
import { provenWebsite } from '#brand';
import type { PublishedVersion } from '#campaigns';
import type { SignedActivationSeal } from '#contracts';
import { LinkTargets } from '#engagement';
import type { ActivationId, PartnerActor, PartnerId, SystemActor } from '#kernel';
import { DECOY_LINK } from '#rendering';
import { ActivationSeals, type BakedPart } from '../sealing/activation-seals.service.js';
import { EditionsRepository } from '../updates/editions.repository.js';
import { BrandedMasters } from '../branding/branded-masters.service.js';
import type { LaunchSource } from './launch-brand.service.js';
import { linkTargets } from '../branding/link-targets.js';
import { WebsiteReporting } from './website-reporting.service.js';

/** An activation, and which of its editions is stored. */
export interface SavedEdition {
  readonly id: ActivationId;
  readonly partnerId: PartnerId;
  readonly edition: number;
}

export interface LaunchContent {
  readonly baked: readonly BakedPart[];
  readonly seal: SignedActivationSeal;
}

/** The e-mails and pages of a launch: baked, sealed and stored. */
@Injectable()
export class LaunchContents {
  constructor(
    private readonly editions: EditionsRepository,
    private readonly masters: BrandedMasters,
    private readonly seals: ActivationSeals,
    private readonly linkTargets: LinkTargets,
    private readonly reporting: WebsiteReporting,
  ) {}

  /**
   * Bakes every master in the partner's brand, and seals the result. Call it
   * outside of transactions.
   * @throws DomainError `logo.missing`, `brand.unusable` or `seal.broken`.
   */
  async bake(
    actor: PartnerActor | SystemActor,
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
    actor: PartnerActor | SystemActor,
    activation: SavedEdition,
    { baked, seal }: LaunchContent,
    source: LaunchSource,
  ): Promise<void> {
    const { partnerId, edition } = activation;
    await this.editions.insertBaked(activation, baked);
    await this.seals.save(partnerId, edition, seal);
    await this.saveLinks(actor, activation, source);
  }

  /**
   * Where its links lead. Those of an earlier edition keep their numbers: they
   * are in e-mails that were sent. In the open transaction.
   */
  async saveLinks(
    actor: PartnerActor | SystemActor,
    { id, partnerId }: Pick<SavedEdition, 'id' | 'partnerId'>,
    source: LaunchSource,
  ): Promise<void> {
    const website = (await this.reporting.isOn(actor)) ? provenWebsite(source.profile) : null;
    const targets = linkTargets(source).map((target) => ({
      ...target,
      namesReader: target.url === website && target.name !== DECOY_LINK,
    }));
    await this.linkTargets.store(id, partnerId, targets);
  }
}
