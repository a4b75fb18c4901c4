import { Injectable } from '@nestjs/common';
import { type PublishedVersion, PublishedVersions } from '#campaigns';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import {
  type Actor,
  type ActivationId,
  type CampaignId,
  type CampaignVersionId,
  Clock,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  type VendorActor,
} from '#kernel';
import { BlobStore } from '#storage';
import type { Activation, ActivationStatus } from './activation.js';
import { ActivationsRepository } from './activations.repository.js';
import { EditionsRepository } from './updates/editions.repository.js';

const STATUSES: Readonly<Record<'running' | 'over', readonly ActivationStatus[]>> = {
  running: ['active', 'held'],
  over: ['completed', 'stopped'],
};

/** A campaign's title: where it runs, and in all its languages. */
export interface CampaignTitle {
  readonly title: string;
  readonly titles: Record<string, string>;
}

/** Finds activations, and the campaigns that they run. */
@Injectable()
export class Activations {
  constructor(
    private readonly clock: Clock,
    private readonly repository: ActivationsRepository,
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    private readonly blobs: BlobStore,
    private readonly editions: EditionsRepository,
  ) {}

  /** @throws DomainError `activation.not-found` */
  get(actor: Actor, id: ActivationId): Promise<Activation> {
    return this.repository.get(actor, id);
  }

  /** A page of those of a partner, newest first. @param page.state null: in any. */
  list(
    actor: PartnerActor,
    { state, ...page }: { limit: number; beforeId: string | null; state: keyof typeof STATUSES | null },
  ): Promise<Activation[]> {
    return this.repository.list(actor, { ...page, ...(state === null ? {} : { statuses: STATUSES[state] }) });
  }

  /** Those of a partner that run or are held, newest first. */
  listLive(actor: PartnerActor): Promise<Activation[]> {
    return this.repository.live(actor);
  }

  /** Who runs a campaign: a vendor sees that, and no contact. */
  ofCampaign(
    actor: VendorActor,
    campaignId: CampaignId,
    page: { limit: number; beforeId: string | null },
  ): Promise<Activation[]> {
    return this.repository.list(actor, { ...page, campaignId });
  }

  /** The newest launches of the vendor's campaigns by a partner. */
  ofPartner(actor: VendorActor, partnerId: PartnerId, limit: number): Promise<Activation[]> {
    return this.repository.list(actor, { limit, beforeId: null, partnerId });
  }

  /** Partners that have launched a campaign of the vendor, in any state. */
  partnersThatLaunched(actor: VendorActor): Promise<PartnerId[]> {
    return this.repository.partnersThatLaunched(actor);
  }

  /**
   * How many partners run each of a vendor's campaigns, until their planned
   * ends; campaigns without any are left out.
   */
  partnersRunning(actor: VendorActor, campaignIds: readonly CampaignId[]): Promise<ReadonlyMap<CampaignId, number>> {
    return this.repository.partnersRunning(actor, campaignIds, this.clock.now());
  }

  /** The same by version of one campaign. */
  partnersRunningVersions(actor: VendorActor, campaignId: CampaignId): Promise<ReadonlyMap<CampaignVersionId, number>> {
    return this.repository.partnersRunningVersions(actor, campaignId, this.clock.now());
  }

  /**
   * The partner of a landing page, also after a recall: e-mails that were sent
   * before it link to the partner's legal pages.
   */
  async partnerOfPage(actor: SystemActor, slug: string): Promise<PartnerId | null> {
    return (await this.ofPage(actor, slug))?.partnerId ?? null;
  }

  /** The activation of a landing page, also after a recall. */
  async ofPage(actor: SystemActor, slug: string): Promise<Activation | null> {
    return this.repository.bySlug(actor, slug);
  }

  /**
   * The activation as it ran a version: what it was sent from, and what it is
   * verified against. Its present edition if it never ran that version.
   */
  async atVersion(
    actor: PartnerActor | SystemActor,
    activation: Activation,
    versionId: CampaignVersionId,
  ): Promise<Activation> {
    if (activation.versionId === versionId || activation.editions === 1) return activation;
    const editions = await this.editions.editionsOf(actor, activation.id);
    const edition = editions.findLast((one) => one.versionId === versionId);
    return edition === undefined ? activation : { ...activation, versionId, edition: edition.number };
  }

  /** The compiled campaign that an activation runs. */
  async campaign(
    actor: PartnerActor | SystemActor,
    { versionId }: Pick<Activation, 'versionId'>,
  ): Promise<CompiledCampaign> {
    return this.compiled.load(await this.published.contentOf(actor, versionId));
  }

  /** The number of its version, and what the vendor has applied of the version's test. */
  async testOf(
    actor: PartnerActor,
    { versionId }: Pick<Activation, 'versionId'>,
  ): Promise<Pick<PublishedVersion, 'number' | 'testWinner'>> {
    return this.published.launched(actor, versionId);
  }

  /**
   * Titles of the campaigns of activations: `title` in the language in which it
   * runs, `titles` by language.
   */
  async titlesOf(
    actor: PartnerActor,
    activations: readonly Activation[],
  ): Promise<ReadonlyMap<ActivationId, CampaignTitle>> {
    const found = await this.published.titlesOf(
      actor,
      activations.map(({ versionId }) => versionId),
    );
    return new Map(
      activations.map(({ id, versionId, locale }) => {
        const titles = { ...found.get(versionId) };
        return [id, { title: titles[locale] ?? Object.values(titles)[0] ?? '', titles }];
      }),
    );
  }

  /** The signed manifest of an activation's version. */
  async manifest(actor: PartnerActor, { versionId }: Activation): Promise<Buffer> {
    return this.blobs.get((await this.published.launched(actor, versionId)).manifestHash);
  }
}
