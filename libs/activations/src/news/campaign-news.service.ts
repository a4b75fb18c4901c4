import { Injectable, Logger } from '@nestjs/common';
import { PublishedCampaigns } from '#campaigns';
import { Database } from '#database';
import {
  type CampaignId,
  type CampaignVersionId,
  Clock,
  DAY_MS,
  MINUTE_MS,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';
import { CampaignNewsMail } from './campaign-news-mail.service.js';

/** One row of `activations.campaign_news`. */
export interface CampaignNewsItem {
  readonly versionId: CampaignVersionId;
  readonly campaignId: CampaignId;
  readonly vendorId: VendorId;
  readonly kind: 'published' | 'extended' | 'retired' | 'recalled';
}

const NEWS = systemActor('campaign-news');
const PAGE = 100;
/** Campaigns that are published within this time come in one mail. */
const QUIET_MS = 5 * MINUTE_MS;

/**
 * Tells partners of campaigns that were published to them, and of more days to
 * launch them, each at most once a day; and at once of campaigns that ended.
 */
@Injectable()
export class CampaignNews {
  private readonly logger = new Logger(CampaignNews.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly published: PublishedCampaigns,
    private readonly mail: CampaignNewsMail,
  ) {}

  /**
   * Records that a version has opened, for partners that did not know its
   * campaign. Joins the caller's transaction.
   */
  async recordOpening(actor: SystemActor, versionId: CampaignVersionId, campaignId: CampaignId): Promise<void> {
    const { vendorId, partnerIds } = await this.published.audienceOf(actor, versionId);
    await this.database.query(
      `INSERT INTO activations.campaign_news (version_id, partner_id, vendor_id, campaign_id, kind, recorded_at)
       SELECT $1, partner_id, $2, $3, 'published', $5 FROM unnest($4::uuid[]) partner_id
       WHERE NOT EXISTS (SELECT FROM activations.campaign_news n
           WHERE n.partner_id = partner_id.partner_id AND n.campaign_id = $3 AND n.kind = 'published')
         AND NOT EXISTS (SELECT FROM activations.activation a
           WHERE a.partner_id = partner_id.partner_id AND a.campaign_id = $3)
       ON CONFLICT DO NOTHING`,
      [versionId, vendorId, campaignId, partnerIds, this.clock.now()],
    );
  }

  /**
   * Whether a partner has yet to be told of a campaign that was published to it.
   * @param partnerId null: of any partner of the vendor.
   */
  async unannounced(
    actor: SystemActor,
    { vendorId, partnerId }: { readonly vendorId: VendorId; readonly partnerId: PartnerId | null },
  ): Promise<(partnerId: PartnerId, campaignId: CampaignId) => boolean> {
    const opening = await this.published.opening(actor, this.clock.now());
    const waiting = await this.database.inTransaction(actor, () =>
      this.database.query<{ partnerId: PartnerId; campaignId: CampaignId }>(
        `SELECT partner_id, campaign_id FROM activations.campaign_news
         WHERE vendor_id = $1 AND ($2::uuid IS NULL OR partner_id = $2) AND kind = 'published' AND told_at IS NULL`,
        [vendorId, partnerId],
      ),
    );
    const keys = new Set(waiting.map((one) => `${one.partnerId} ${one.campaignId}`));
    return (partner, campaign) => opening.has(campaign) || keys.has(`${partner} ${campaign}`);
  }

  /**
   * Records that a version has a later last day, for partners that may launch
   * it, know of its campaign and have not launched it. Joins the caller's
   * transaction. Idempotent by the time of the extension.
   */
  async recordMoreDays(
    actor: SystemActor,
    versionId: CampaignVersionId,
    { campaignId, at }: { readonly campaignId: CampaignId; readonly at: Date },
  ): Promise<void> {
    const { vendorId, partnerIds } = await this.published.audienceOf(actor, versionId);
    await this.database.query(
      `INSERT INTO activations.campaign_news (version_id, partner_id, vendor_id, campaign_id, kind, recorded_at)
       SELECT $1, partner_id, $2, $3, 'extended', $5 FROM unnest($4::uuid[]) partner_id
       WHERE EXISTS (SELECT FROM activations.campaign_news n
           WHERE n.partner_id = partner_id.partner_id AND n.campaign_id = $3 AND n.kind = 'published' AND n.told_at IS NOT NULL)
         AND NOT EXISTS (SELECT FROM activations.activation a
           WHERE a.partner_id = partner_id.partner_id AND a.campaign_id = $3)
       ON CONFLICT (version_id, partner_id, kind) DO UPDATE SET told_at = NULL, recorded_at = EXCLUDED.recorded_at
         WHERE campaign_news.recorded_at < EXCLUDED.recorded_at`,
      [versionId, vendorId, campaignId, partnerIds, at],
    );
  }

  /** Records the end of versions for all partners that launched one. Idempotent. */
  async recordEnd(versionIds: readonly CampaignVersionId[]): Promise<void> {
    await this.database.inTransaction(NEWS, () =>
      this.database.query(
        `INSERT INTO activations.campaign_news (version_id, partner_id, vendor_id, campaign_id, kind, recorded_at)
         SELECT DISTINCT v.id, a.partner_id, v.vendor_id, v.campaign_id, v.status, $2::timestamptz
         FROM campaigns.campaign_version_view v JOIN activations.activation a ON a.version_id = v.id
         WHERE v.id = ANY ($1) AND v.status IN ('retired', 'recalled')
         ON CONFLICT DO NOTHING`,
        [versionIds, this.clock.now()],
      ),
    );
  }

  /**
   * Sends what is due, once each, from any number of processes.
   * @returns whether there may be more.
   */
  async notifyDue(): Promise<boolean> {
    const now = this.clock.now().getTime();
    const due = await this.database.inTransaction(NEWS, () =>
      this.database.query<{ partnerId: PartnerId }>(
        // In random order: otherwise a page of failing ones would block all
        // others forever.
        `SELECT partner_id FROM activations.campaign_news n WHERE told_at IS NULL
           AND (kind IN ('retired', 'recalled') OR recorded_at <= $1 AND NOT EXISTS (
             SELECT FROM activations.campaign_news e
             WHERE e.partner_id = n.partner_id AND e.kind = n.kind AND e.told_at > $2))
         GROUP BY partner_id ORDER BY random() LIMIT $3`,
        [new Date(now - QUIET_MS), new Date(now - DAY_MS), PAGE],
      ),
    );
    let told = 0;
    for (const { partnerId } of due) if (await this.tryNotify(partnerId)) told++;
    return told === PAGE;
  }

  /** @returns false on failure: it is retried, and blocks no other. */
  private async tryNotify(partnerId: PartnerId): Promise<boolean> {
    try {
      await this.notify(systemActor(NEWS.name, { partnerId }), partnerId);
      return true;
    } catch (error) {
      this.logger.error('A partner could not be told of a campaign; it is tried again.', error);
      return false;
    }
  }

  private async notify(actor: SystemActor, partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      await this.database.lock(`campaign news of ${partnerId}`);
      const now = this.clock.now();
      const items = await this.database.query<CampaignNewsItem>(
        `UPDATE activations.campaign_news n SET told_at = $2 WHERE partner_id = $1 AND told_at IS NULL
           AND (kind IN ('retired', 'recalled') OR NOT EXISTS (SELECT FROM activations.campaign_news e
             WHERE e.partner_id = n.partner_id AND e.kind = n.kind AND e.told_at > $3))
         RETURNING version_id, campaign_id, vendor_id, kind`,
        [partnerId, now, new Date(now.getTime() - DAY_MS)],
      );
      const isEnd = ({ kind }: CampaignNewsItem): boolean => kind === 'retired' || kind === 'recalled';
      await this.mail.postEnds(actor, partnerId, items.filter(isEnd));
      const offered = new Set((await this.published.offeredTo(actor, now)).map(({ versionId }) => versionId));
      const open = items.filter((item) => !isEnd(item));
      const gone = open.filter(({ versionId }) => !offered.has(versionId));
      // Deleted, so that it does not delay the mail about another campaign.
      await this.database.query(
        `DELETE FROM activations.campaign_news
         WHERE partner_id = $1 AND kind IN ('published', 'extended') AND version_id = ANY ($2)`,
        [partnerId, gone.map(({ versionId }) => versionId)],
      );
      for (const kind of ['published', 'extended'] as const)
        await this.mail.postOffers(
          actor,
          partnerId,
          open.filter((item) => item.kind === kind && offered.has(item.versionId)),
        );
    });
  }
}
