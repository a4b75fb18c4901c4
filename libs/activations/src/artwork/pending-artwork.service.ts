import { Injectable, Logger } from '@nestjs/common';
import { PublishedVersions } from '#campaigns';
import { CompiledCampaigns } from '#content';
import type { PartnerActor } from '#kernel';
import type { Activation } from '../activation.js';
import { cobrandName, type CobrandRequest, cobrandRequests } from './cobrand-request.js';

/** Counts the documents and pictures that the renderer has still to make. */
@Injectable()
export class PendingArtwork {
  private readonly logger = new Logger(PendingArtwork.name);

  constructor(
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
  ) {}

  /**
   * Documents and pictures of an activation that are not made yet.
   * Zero if its campaign cannot be read, which is logged.
   */
  async count(
    actor: PartnerActor,
    { id, versionId }: Pick<Activation, 'id' | 'versionId'>,
    made: readonly CobrandRequest[],
  ): Promise<number> {
    const known = new Set(made.map(cobrandName));
    const version = await this.published.launched(actor, versionId);
    try {
      return cobrandRequests(await this.compiled.load(version.compiledHash)).filter(
        (one) => !known.has(cobrandName(one)),
      ).length;
    } catch (error) {
      this.logger.error(`What activation ${id} is made of cannot be read.`, error);
      return 0;
    }
  }
}
