import { Injectable } from '@nestjs/common';
import { type OfferActor, OfferedCampaigns, type OfferedVersion, PublishedVersions } from '#campaigns';
import { type CampaignDifference, CompiledCampaigns, differenceBetween } from '#content';
import { Database } from '#database';
import { type ActivationId, type CampaignVersionId, Clock } from '#kernel';
import type { Activation } from '../activation.js';

/** A version that came after the one that runs, and in what they differ. */
export interface NewerVersion {
  readonly version: OfferedVersion;
  /** The number of the one that runs. */
  readonly runs: number;
  readonly difference: CampaignDifference;
}

/**
 * What vendors published since: an activation stays what it was launched as.
 */
@Injectable()
export class NewerVersions {
  constructor(
    private readonly database: Database,
    private readonly offered: OfferedCampaigns,
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    private readonly clock: Clock,
  ) {}

  /**
   * The number of the version that the partner may launch instead, for those
   * activations that have one and are not over.
   */
  async numbersFor(actor: OfferActor, activations: readonly Activation[]): Promise<ReadonlyMap<ActivationId, number>> {
    const live = activations.filter(({ status }) => status === 'active' || status === 'held');
    const runs = await this.outdated(actor, live);
    if (runs.size === 0) return new Map();
    const offered = await this.offered.list(actor, this.clock.now());
    return new Map(
      live.flatMap(({ id, campaignId, versionId }): [ActivationId, number][] => {
        const number = offered.find((one) => one.campaignId === campaignId)?.number ?? 0;
        return number > (runs.get(versionId) ?? number) ? [[id, number]] : [];
      }),
    );
  }

  /** Numbers of the versions after which another one was published. */
  private async outdated(
    actor: OfferActor,
    activations: readonly Activation[],
  ): Promise<ReadonlyMap<CampaignVersionId, number>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: CampaignVersionId; number: number }>(
        `SELECT v.id, v.number FROM campaigns.campaign_version_view v
         WHERE v.id = ANY ($1) AND EXISTS (SELECT FROM campaigns.campaign_version_view n
           WHERE n.campaign_id = v.campaign_id AND n.number > v.number AND n.status = 'published')`,
        [activations.map(({ versionId }) => versionId)],
      ),
    );
    return new Map(rows.map(({ id, number }) => [id, number]));
  }

  /**
   * The newest version that the partner may launch today instead; null if none.
   */
  async findFor(actor: OfferActor, { campaignId, versionId, locale }: Activation): Promise<NewerVersion | null> {
    const offered = await this.offered.list(actor, this.clock.now());
    const version = offered.find((one) => one.campaignId === campaignId);
    if (version === undefined || version.versionId === versionId) return null;
    const runs = await this.published.launched(actor, versionId);
    if (version.number < runs.number) return null;
    const [before, after] = await Promise.all([
      this.compiled.load(runs.compiledHash),
      this.compiled.load(version.compiledHash),
    ]);
    return { version, runs: runs.number, difference: differenceBetween(before, after, locale) };
  }
}
