import { Inject, Injectable, Logger } from '@nestjs/common';
import { LaunchPeriods, OldContents } from '#campaigns';
import { CONFIG, type Config } from '#config';
import type { Localised } from '#content';
import type { NotificationKind } from '#contracts';
import { Database } from '#database';
import {
  type CampaignId,
  Clock,
  DAY_MS,
  MINUTE_MS,
  type PartnerId,
  type SystemActor,
  systemActor,
  type UserId,
  type VendorId,
} from '#kernel';
import { type Audience, concernedReaders, contactReaders, type Notice, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { type VendorEvent, vendorLetter } from './vendor-letter.js';

/** An event, and where it is in the portal. */
type Found = VendorEvent & Pick<Notice, 'key' | 'path' | 'aboutPartner'> & { readonly audience?: Audience };

const KINDS = {
  'first-launch': 'launches',
  'campaign-expiring': 'expiring',
  'campaign-ended': 'expiring',
  'review-due': 'expiring',
  'partners-idle': 'idle-partners',
} as const satisfies Record<VendorEvent['event'], NotificationKind>;

/** A launch can be taken back for some minutes: nobody is told of one that was. */
const SETTLED_MS = 30 * MINUTE_MS;
/** A first launch is news for as long. */
const NEWS_MS = 7 * DAY_MS;
/** A vendor has time to extend a campaign that ends within these days. */
const EXPIRING_DAYS = 7;
/** A partner that has launched nothing for as long after it joined is idle. */
const IDLE_MS = 14 * DAY_MS;

/**
 * Tells a vendor's team of first launches, of campaigns that end soon or have
 * reached their last day, of what is due for review, and on Mondays of partners that have launched nothing. A sweep finds what holds now;
 * the key of the notification makes each event one.
 */
@Injectable()
export class VendorNews {
  private readonly logger = new Logger(VendorNews.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly periods: LaunchPeriods,
    private readonly contents: OldContents,
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Safe in any number of processes. A failure blocks no other vendor. */
  async tellDue(): Promise<void> {
    const vendors = await this.database.inTransaction(systemActor('vendor-news'), () =>
      this.database.query<{ id: VendorId }>(`SELECT id FROM organisations.organisation_view WHERE kind = 'vendor'`),
    );
    for (const { id } of vendors)
      try {
        await this.tell(id);
      } catch (error) {
        this.logger.error('A vendor could not be told of its programme; it is tried again.', error);
      }
  }

  private async tell(vendorId: VendorId): Promise<void> {
    const actor = systemActor('vendor-news', { vendorId });
    await this.database.inTransaction(actor, async () => {
      const found = [
        ...(await this.firstLaunches(vendorId)),
        ...(await this.expiring(actor, vendorId)),
        ...(await this.ended(vendorId)),
        ...(await this.reviewsDue(actor, vendorId)),
        ...(await this.idlePartners(vendorId)),
      ];
      if (found.length === 0) return;
      const { name } = await this.organisations.get(actor, vendorId);
      for (const news of found)
        await this.notifier.notify(
          actor,
          {
            organisationId: vendorId,
            kind: KINDS[news.event],
            event: news.event,
            key: news.key,
            by: news.event === 'first-launch' ? news.partner : null,
            titles: 'titles' in news ? news.titles : null,
            number: news.event === 'partners-idle' ? news.count : null,
            path: news.path,
            audience: news.audience ?? contactReaders(null),
            ...(news.aboutPartner !== undefined && { aboutPartner: news.aboutPartner }),
          },
          (reader) =>
            vendorLetter(reader, `${this.config.PUBLIC_URL}${news.path}`, { vendor: { id: vendorId, name }, news }),
        );
    });
  }

  /** Campaigns whose first launch was some time ago, but not too long. */
  private async firstLaunches(vendorId: VendorId): Promise<Found[]> {
    const now = this.clock.now().getTime();
    const rows = await this.database.query<{
      campaignId: CampaignId;
      partnerId: PartnerId;
      titles: Localised;
      partner: string;
      number: number;
    }>(
      `SELECT a.campaign_id, a.partner_id, v.title AS titles, v.number, o.name AS partner
       FROM (SELECT DISTINCT ON (campaign_id) campaign_id, version_id, partner_id, launched_at
         FROM activations.activation WHERE vendor_id = $1 ORDER BY campaign_id, launched_at, id) a
       JOIN campaigns.campaign_version_view v ON v.id = a.version_id
       JOIN organisations.organisation_view o ON o.id = a.partner_id
       WHERE a.launched_at BETWEEN $2 AND $3`,
      [vendorId, new Date(now - NEWS_MS), new Date(now - SETTLED_MS)],
    );
    return rows.map(({ campaignId, partnerId, titles, number, partner }) => ({
      event: 'first-launch',
      titles,
      partner,
      aboutPartner: partnerId,
      key: campaignId,
      path: `/campaigns/${campaignId}/versions/${number}`,
    }));
  }

  private async expiring(actor: SystemActor, vendorId: VendorId): Promise<Found[]> {
    const now = this.clock.now();
    const day = (later: number): string => new Date(now.getTime() + later * DAY_MS).toISOString().slice(0, 10);
    const closing = await this.periods.closing(actor, vendorId, { from: day(0), to: day(EXPIRING_DAYS) });
    return closing.map(({ campaignId, number, title, closesOn }) => ({
      event: 'campaign-expiring',
      titles: title,
      closesOn,
      // A later last day is another event.
      key: `${campaignId} ${closesOn}`,
      path: `/campaigns/${campaignId}/versions/${number}`,
    }));
  }

  /** Campaigns whose last day came some days ago at most. */
  private async ended(vendorId: VendorId): Promise<Found[]> {
    const since = new Date(this.clock.now().getTime() - NEWS_MS);
    const rows = await this.database.query<{
      campaignId: CampaignId;
      titles: Localised;
      endedAt: Date;
    }>(
      `SELECT DISTINCT ON (campaign_id) campaign_id, title AS titles, ended_at FROM campaigns.expired_version_view
       WHERE vendor_id = $1 AND ended_at >= $2 ORDER BY campaign_id, ended_at DESC, number DESC`,
      [vendorId, since],
    );
    return rows.map(({ campaignId, titles, endedAt }) => ({
      event: 'campaign-ended',
      titles,
      key: `${campaignId} ${endedAt.toISOString()}`,
      path: `/campaigns/${campaignId}`,
    }));
  }

  /** Campaigns and assets whose review day has come. */
  private async reviewsDue(actor: SystemActor, vendorId: VendorId): Promise<Found[]> {
    const due = await this.contents.dueForReview(actor, vendorId);
    return due.map(({ kind, id, title, reviewOn }) => ({
      event: 'review-due',
      titles: title,
      // A later day is another event.
      key: `${id} ${reviewOn ?? ''}`,
      path: kind === 'campaign' ? `/campaigns/${id}` : '/asset-library',
    }));
  }

  /** Once a week, while there are some. Channel managers are told of their own partners. */
  private async idlePartners(vendorId: VendorId): Promise<Found[]> {
    const now = this.clock.now();
    if (now.getUTCDay() !== 1) return [];
    const idle = await this.database.query<{ managerId: UserId | null; count: number }>(
      `SELECT m.manager_id, count(DISTINCT m.partner_id)::int AS count FROM organisations.membership_view m
       WHERE m.vendor_id = $1 AND m.status = 'active' AND m.joined_at < $2
         AND NOT EXISTS (SELECT FROM activations.activation a WHERE a.partner_id = m.partner_id AND a.vendor_id = $1)
       GROUP BY ROLLUP (m.manager_id)`,
      [vendorId, new Date(now.getTime() - IDLE_MS)],
    );
    const key = now.toISOString().slice(0, 10);
    const news = (count: number, audience: Audience): Found => ({
      event: 'partners-idle',
      count,
      key,
      path: '/partners',
      audience,
    });
    const all = Math.max(0, ...idle.filter(({ managerId }) => managerId === null).map(({ count }) => count));
    const others: Audience = { ...contactReaders(null), includes: ({ role }) => role !== 'channel-manager' };
    return all === 0
      ? []
      : [
          news(all, others),
          ...idle.flatMap(({ managerId, count }) =>
            managerId === null
              ? []
              : [
                  news(
                    count,
                    concernedReaders(({ id }) => id === managerId),
                  ),
                ],
          ),
        ];
  }
}
