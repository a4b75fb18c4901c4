import { Injectable } from '@nestjs/common';
import { CampaignAudiences } from '#campaigns';
import { Database } from '#database';
import { type CampaignVersionId, Clock, systemActor } from '#kernel';
import { sharesOf, type VersionUpdate } from './version-update.js';
import { type RunningEarlier, VersionUpdatesRepository } from './version-updates.repository.js';

const UPDATES = systemActor('updates');

/** Which activations an update concerns: those of partners that the version is offered to. */
@Injectable()
export class UpdateAudience {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audiences: CampaignAudiences,
    private readonly rows: VersionUpdatesRepository,
  ) {}

  /** Activations of earlier versions that run. */
  async running({
    campaignId,
    versionId,
    versionNumber,
  }: Pick<VersionUpdate, 'campaignId' | 'versionId' | 'versionNumber'>): Promise<RunningEarlier[]> {
    const { partnerIds } = await this.audiences.audienceOf(UPDATES, versionId);
    return this.database.inTransaction(UPDATES, () =>
      this.rows.runningEarlier(campaignId, versionNumber, partnerIds, this.clock.now()),
    );
  }

  /** Adds activations that the update does not have yet, each with the share of its partner. In the open transaction. */
  async add(
    update: Pick<VersionUpdate, 'id' | 'vendorId' | 'versionId' | 'shares'>,
    running: readonly RunningEarlier[],
  ): Promise<void> {
    const { versionId, shares } = update;
    const shareOf = sharesOf([...new Set(running.map(({ partnerId }) => partnerId))], versionId, shares);
    const withShares = running.map((one) => ({ ...one, share: shareOf.get(one.partnerId) ?? shares.length }));
    await this.rows.insertActivations(update, withShares, this.clock.now());
  }

  /** A version is offered to more partners: its update concerns their activations, too. Idempotent. */
  async includeMore(versionId: CampaignVersionId): Promise<void> {
    await this.database.inTransaction(UPDATES, async () => {
      const update = await this.rows.lockInForce(versionId);
      if (update !== null && update.choice !== 'finish') await this.add(update, await this.running(update));
    });
  }
}
