import { Injectable } from '@nestjs/common';
import { OfferedCampaigns } from '#campaigns';
import { Database } from '#database';
import { type CampaignId, Clock, type PartnerId, systemActor, type SystemActor, type VendorId } from '#kernel';
import { CampaignNews } from '../news/campaign-news.service.js';
import { CampaignNewsMail } from '../news/campaign-news-mail.service.js';
import type { LaunchReminderId } from './launch-reminders.service.js';

/**
 * Sends the mail of a reminder, with the campaigns that the partner can launch
 * and was told of.
 */
@Injectable()
export class LaunchReminderMail {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly offered: OfferedCampaigns,
    private readonly news: CampaignNews,
    private readonly mail: CampaignNewsMail,
  ) {}

  /** Sends it once. Nothing, if no campaign is left to launch. */
  async send(reminderId: LaunchReminderId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('launch-reminders', { partnerId });
    await this.database.inTransaction(actor, async () => {
      const [reminder] = await this.database.query<{ vendorId: VendorId; message: string | null }>(
        `UPDATE activations.launch_reminder SET told_at = $2 WHERE id = $1 AND told_at IS NULL
         RETURNING vendor_id, message`,
        [reminderId, this.clock.now()],
      );
      if (reminder === undefined) return;
      const launched = await this.launched(actor);
      const isUnannounced = await this.news.unannounced(actor, { vendorId: reminder.vendorId, partnerId });
      const offered = (await this.offered.list(actor, this.clock.now())).filter(
        ({ vendorId, campaignId }) =>
          vendorId === reminder.vendorId && !launched.has(campaignId) && !isUnannounced(partnerId, campaignId),
      );
      await this.mail.postReminder(
        actor,
        offered.map((version) => ({ partnerId, version })),
        { message: reminder.message, reminderId },
      );
    });
  }

  private async launched({ partnerId }: SystemActor): Promise<ReadonlySet<CampaignId>> {
    const rows = await this.database.query<{ campaignId: CampaignId }>(
      'SELECT DISTINCT campaign_id FROM activations.activation WHERE partner_id = $1',
      [partnerId],
    );
    return new Set(rows.map(({ campaignId }) => campaignId));
  }
}
