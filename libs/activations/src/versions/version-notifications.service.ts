import { Injectable, Logger } from '@nestjs/common';
import { Database } from '#database';
import { type CampaignId, type CampaignVersionId, type PartnerId, systemActor } from '#kernel';
import { ActivationsRepository } from '../activations.repository.js';
import { NewerVersions } from './newer-versions.service.js';
import { VersionMail } from './version-mail.service.js';
import { VersionNews } from './version-news.service.js';

interface PendingNotification {
  readonly versionId: CampaignVersionId;
  readonly partnerId: PartnerId;
  readonly campaignId: CampaignId;
}

const VERSION_NEWS = systemActor('version-news');
const PAGE = 100;

/** Notifies partners once of a newer version: `record partners → notify each`. */
@Injectable()
export class VersionNotifications {
  private readonly logger = new Logger(VersionNotifications.name);

  constructor(
    private readonly database: Database,
    private readonly news: VersionNews,
    private readonly repository: ActivationsRepository,
    private readonly newer: NewerVersions,
    private readonly mail: VersionMail,
  ) {}

  /**
   * Sends today's notifications, once each, from any number of processes.
   * @returns whether there may be more.
   */
  async notifyDue(): Promise<boolean> {
    await this.news.recordOpenings();
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
