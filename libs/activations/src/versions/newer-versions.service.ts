import { Injectable } from '@nestjs/common';
import { type OfferActor, type OfferedVersion, PublishedCampaigns } from '#campaigns';
import { type CampaignDifference, CompiledCampaigns, differenceBetween } from '#content';
import { Clock } from '#kernel';
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
    private readonly published: PublishedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly clock: Clock,
  ) {}

  /**
   * The newest version that the partner may launch today instead; null if none.
   */
  async findFor(actor: OfferActor, { campaignId, versionId, locale }: Activation): Promise<NewerVersion | null> {
    const offered = await this.published.offeredTo(actor, this.clock.now());
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
