import { Injectable, Logger } from '@nestjs/common';
import { PublishedCampaigns } from '#campaigns';
import { Database } from '#database';
import {
  type CampaignId,
  type CampaignVersionId,
  Clock,
  type PartnerGroupId,
  type PartnerId,
  systemActor,
} from '#kernel';
import { ActivationsRepository } from '../activations.repository.js';
import { CampaignNews } from '../news/campaign-news.service.js';
import { NewerVersions } from './newer-versions.service.js';
import { VersionMail } from './version-mail.service.js';

interface PendingNotification {
  readonly versionId: CampaignVersionId;
  readonly partnerId: PartnerId;
  readonly campaignId: CampaignId;
}

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
const PAGE = 100;

/**
 * Notifies partners once of a newer version: `claim opened → record partners →
 * notify each`.
 */
@Injectable()
export class VersionNotifications {
  private readonly logger = new Logger(VersionNotifications.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly published: PublishedCampaigns,
    private readonly repository: ActivationsRepository,
    private readonly newer: NewerVersions,
    private readonly mail: VersionMail,
    private readonly news: CampaignNews,
  ) {}

  /**
   * Sends today's notifications, once each, from any number of processes.
   * @returns whether there may be more.
   */
  async notifyDue(): Promise<boolean> {
    await this.recordOpenings();
    const due = await this.database.inTransaction(VERSION_NEWS, () =>
      this.database.query<PendingNotification>(
        // In random order: otherwise a page of failing ones would block all
        // others forever.
        `SELECT version_id, partner_id, campaign_id
         FROM activations.version_news ORDER BY random() LIMIT $1`,
        [PAGE],
      ),
    );
    let told = 0;
    for (const one of due) if (await this.tryNotify(one)) told++;
    return told === PAGE;
  }

  /** In one transaction, so that no partner is missed or recorded twice. */
  private async recordOpenings(): Promise<void> {
    await this.database.inTransaction(VERSION_NEWS, async () => {
      for (const { versionId, campaignId } of await this.published.claimOpened(VERSION_NEWS, this.clock.now())) {
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
      const former = await this.published.membersOfGroups(VERSION_NEWS, formerGroupIds);
      const { partnerIds } = await this.published.audienceOf(VERSION_NEWS, versionId);
      await this.database.query(
        `INSERT INTO activations.version_news (version_id, partner_id, campaign_id)
         SELECT DISTINCT $1::uuid, partner_id, campaign_id FROM activations.activation
         WHERE campaign_id = $2 AND version_id <> $1 AND status IN ('active', 'held') AND partner_id = ANY ($3)
         ON CONFLICT DO NOTHING`,
        [versionId, campaignId, partnerIds.filter((id) => !former.has(id))],
      );
    });
  }

  /** @returns false on failure: it is retried, and blocks no other. */
  private async tryNotify(news: PendingNotification): Promise<boolean> {
    try {
      await this.notify(news);
      return true;
    } catch (error) {
      this.logger.error('A partner could not be told of a newer version; it is tried again.', error);
      return false;
    }
  }

  private async notify({ versionId, partnerId, campaignId }: PendingNotification): Promise<void> {
    const actor = systemActor('version-news', { partnerId });
    await this.database.inTransaction(actor, async () => {
      const mine = await this.database.query(
        'DELETE FROM activations.version_news WHERE version_id = $1 AND partner_id = $2 RETURNING version_id',
        [versionId, partnerId],
      );
      if (mine.length === 0) return;
      const running = (await this.repository.live(actor)).filter((one) => one.campaignId === campaignId);
      for (const activation of running) {
        const found = await this.newer.findFor(actor, activation);
        if (found?.version.versionId !== versionId) continue;
        await this.mail.post(actor, activation, found);
        return;
      }
    });
  }
}
