import { Injectable } from '@nestjs/common';
import { CampaignAudiences, LaunchPeriods, PublishedVersions } from '#campaigns';
import { Database } from '#database';
import { type CampaignId, type CampaignVersionId, Clock, type PartnerGroupId, systemActor } from '#kernel';
import { CampaignNews } from '../news/campaign-news.service.js';

/** A published version that was offered to more partners or for more days. */
interface ExtendedVersion {
  readonly versionId: CampaignVersionId;
  readonly campaignId: CampaignId;
  /** Groups before; null: all partners. */
  readonly formerGroupIds: readonly PartnerGroupId[] | null;
  readonly hasMoreDays: boolean;
  readonly at: Date;
}

const VERSION_NEWS = systemActor('version-news');

/** Records which partners are to be told of a newer version. `VersionNotifications` tells them. */
@Injectable()
export class VersionNews {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly periods: LaunchPeriods,
    private readonly published: PublishedVersions,
    private readonly audiences: CampaignAudiences,
    private readonly news: CampaignNews,
  ) {}

  /** Of versions that have opened; in one transaction, so that no partner is missed or recorded twice. */
  async recordOpenings(): Promise<void> {
    await this.database.inTransaction(VERSION_NEWS, async () => {
      for (const { versionId, campaignId } of await this.periods.claimOpened(VERSION_NEWS, this.clock.now())) {
        await this.news.recordOpening(VERSION_NEWS, campaignId);
        await this.database.query(
          `INSERT INTO activations.version_news (version_id, partner_id, campaign_id)
           SELECT DISTINCT $1::uuid, partner_id, campaign_id FROM activations.activation
           WHERE campaign_id = $2 AND version_id <> $1 AND status IN ('active', 'held')
           ON CONFLICT DO NOTHING`,
          [versionId, campaignId],
        );
      }
    });
  }

  /**
   * Records what partners are told of an extension: those that it is offered to
   * now only, and those that have more days. Idempotent. Before the first day it
   * records nothing: they are told on that day.
   */
  async recordExtension({ versionId, campaignId, formerGroupIds, hasMoreDays, at }: ExtendedVersion): Promise<void> {
    await this.database.inTransaction(VERSION_NEWS, async () => {
      const { opensOn } = await this.published.launched(VERSION_NEWS, versionId);
      if (opensOn > at.toISOString().slice(0, 10)) return;
      await this.news.recordOpening(VERSION_NEWS, campaignId);
      if (hasMoreDays) await this.news.recordMoreDays(VERSION_NEWS, versionId, { campaignId, at });
      if (formerGroupIds === null) return;
      const former = await this.audiences.membersOfGroups(VERSION_NEWS, formerGroupIds);
      const { partnerIds } = await this.audiences.audienceOf(VERSION_NEWS, versionId);
      await this.database.query(
        `INSERT INTO activations.version_news (version_id, partner_id, campaign_id)
         SELECT DISTINCT $1::uuid, partner_id, campaign_id FROM activations.activation
         WHERE campaign_id = $2 AND version_id <> $1 AND status IN ('active', 'held') AND partner_id = ANY ($3)
         ON CONFLICT DO NOTHING`,
        [versionId, campaignId, partnerIds.filter((id) => !former.has(id))],
      );
    });
  }
}
