import { Injectable, Logger } from '@nestjs/common';
import { CampaignAudiences, LaunchPeriods, type OfferToday } from '#campaigns';
import { Database, unnestRows } from '#database';
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
import { CampaignEndMail } from './campaign-end-mail.service.js';
import { CampaignNewsMail, type PartnerOffer } from './campaign-news-mail.service.js';

/** One row of `activations.campaign_news`. */
export interface CampaignNewsItem {
  readonly versionId: CampaignVersionId;
  readonly campaignId: CampaignId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly kind: 'published' | 'extended' | 'retired' | 'recalled';
}

const NEWS = systemActor('campaign-news');
/** Locks of the database: processes take turns, so that no partner is told twice. */
const RECORDING = 'recording of campaign news';
const TELLING = 'telling of campaign news';
/** Partners in one transaction. */
const PAGE = 500;
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
    private readonly audiences: CampaignAudiences,
    private readonly periods: LaunchPeriods,
    private readonly mail: CampaignNewsMail,
    private readonly ends: CampaignEndMail,
  ) {}

  /**
   * Records that a version has opened, for partners that did not know its
   * campaign. Joins the caller's transaction.
   */
  async recordOpening(actor: SystemActor, campaignId: CampaignId): Promise<void> {
    await this.recordOffers(actor, await this.audiences.offersToday(actor, this.clock.now(), [campaignId]));
  }

  /**
   * Records campaigns that became available to partners otherwise: a partner
   * joined or changed its group, or a version was offered to more partners.
   * Hides what is not offered to a partner any more. Few statements per version,
   * so that it may run every few minutes.
   */
  async recordAvailable(): Promise<void> {
    await this.database.inTransaction(NEWS, async () => {
      await this.database.lock(RECORDING);
      const offers = await this.audiences.offersToday(NEWS, this.clock.now(), null);
      await this.recordOffers(NEWS, offers);
      await this.mail.showOnly(offers);
    });
  }

  private async recordOffers(actor: SystemActor, offers: readonly OfferToday[]): Promise<void> {
    for (const offer of offers) {
      const { versionId, campaignId, vendorId, partnerIds } = offer;
      const added = await this.database.query<{ partnerId: PartnerId }>(
        `INSERT INTO activations.campaign_news (version_id, partner_id, vendor_id, campaign_id, kind, recorded_at)
         SELECT $1, partner_id, $2, $3, 'published', $5 FROM unnest($4::uuid[]) partner_id
         WHERE NOT EXISTS (SELECT FROM activations.campaign_news n
             WHERE n.partner_id = partner_id.partner_id AND n.campaign_id = $3 AND n.kind = 'published')
           AND NOT EXISTS (SELECT FROM activations.activation a
             WHERE a.partner_id = partner_id.partner_id AND a.campaign_id = $3)
         ON CONFLICT DO NOTHING RETURNING partner_id`,
        [versionId, vendorId, campaignId, partnerIds, this.clock.now()],
      );
      for (let first = 0; first < added.length; first += PAGE)
        await this.mail.recordOffers(
          actor,
          added.slice(first, first + PAGE).map(({ partnerId }) => ({ partnerId, version: offer })),
        );
    }
  }

  /**
   * Whether a partner has yet to be told of a campaign that was published to it.
   * @param partnerId null: of any partner of the vendor.
   */
  async unannounced(
    actor: SystemActor,
    { vendorId, partnerId }: { readonly vendorId: VendorId; readonly partnerId: PartnerId | null },
  ): Promise<(partnerId: PartnerId, campaignId: CampaignId) => boolean> {
    const opening = await this.periods.opening(actor, this.clock.now());
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
    const { vendorId, partnerIds } = await this.audiences.audienceOf(actor, versionId);
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
    const partnerIds = due.map(({ partnerId }) => partnerId);
    if (await this.tryNotify(partnerIds)) return due.length === PAGE;
    // One of them fails: each alone, so that it blocks no other.
    for (const one of partnerIds) await this.tryNotify([one]);
    return false;
  }

  /** @returns false on failure: it is retried. */
  private async tryNotify(partnerIds: readonly PartnerId[]): Promise<boolean> {
    try {
      await this.notify(partnerIds);
      return true;
    } catch (error) {
      this.logger.error('Partners could not be told of a campaign; it is tried again.', error);
      return false;
    }
  }

  /** All of these partners in the same few statements: 5,000 partners may have the same news. */
  private async notify(partnerIds: readonly PartnerId[]): Promise<void> {
    if (partnerIds.length === 0) return;
    await this.database.inTransaction(NEWS, async () => {
      await this.database.lock(TELLING);
      const now = this.clock.now();
      const items = await this.database.query<CampaignNewsItem>(
        `UPDATE activations.campaign_news n SET told_at = $2 WHERE partner_id = ANY ($1) AND told_at IS NULL
           AND (kind IN ('retired', 'recalled') OR NOT EXISTS (SELECT FROM activations.campaign_news e
             WHERE e.partner_id = n.partner_id AND e.kind = n.kind AND e.told_at > $3))
         RETURNING version_id, campaign_id, partner_id, vendor_id, kind`,
        [partnerIds, now, new Date(now.getTime() - DAY_MS)],
      );
      const isEnd = ({ kind }: CampaignNewsItem): boolean => kind === 'retired' || kind === 'recalled';
      await this.ends.postEnds(NEWS, items.filter(isEnd));
      const open = items.filter((item) => !isEnd(item));
      const offers = await this.openOffers(open, now);
      await this.delete(open.filter((item) => !offers.has(item)));
      for (const kind of ['published', 'extended'] as const)
        await this.mail.postOffers(
          NEWS,
          kind === 'published' ? 'offered' : 'extended',
          [...offers].filter(([item]) => item.kind === kind).map(([, offer]) => offer),
        );
    });
  }

  /** Those that their partner may launch today. */
  private async openOffers(
    items: readonly CampaignNewsItem[],
    now: Date,
  ): Promise<ReadonlyMap<CampaignNewsItem, PartnerOffer>> {
    const campaignIds = [...new Set(items.map(({ campaignId }) => campaignId))];
    const offers = campaignIds.length === 0 ? [] : await this.audiences.offersToday(NEWS, now, campaignIds);
    const partners = new Map(
      offers.map((version) => [version.versionId, { version, ids: new Set(version.partnerIds) }]),
    );
    return new Map(
      items.flatMap((item) => {
        const offer = partners.get(item.versionId);
        return offer?.ids.has(item.partnerId) === true
          ? [[item, { partnerId: item.partnerId, version: offer.version }] as const]
          : [];
      }),
    );
  }

  /** Deleted, so that they delay no mail about another campaign. */
  private async delete(items: readonly CampaignNewsItem[]): Promise<void> {
    if (items.length === 0) return;
    const given = unnestRows(items, { partnerId: 'uuid', versionId: 'uuid' });
    await this.database.query(
      `DELETE FROM activations.campaign_news n USING ${given.from}
       WHERE n.partner_id = given.partner_id AND n.version_id = given.version_id AND n.kind IN ('published', 'extended')`,
      given.parameters,
    );
    await this.mail.withdrawOffers(items.filter(({ kind }) => kind === 'published'));
  }
}
