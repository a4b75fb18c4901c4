import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  type Actor,
  type CampaignId,
  Clock,
  systemActor,
  type VendorActor,
  type VendorId,
  vendorProcess,
} from '#kernel';
import { calendarDate } from '../availability.js';
import { CampaignPublication } from '../campaign-publication.service.js';
import { CampaignsRepository } from '../campaigns.repository.js';
import { type Lifetime, NO_LIFETIME, requireEnd, requireReviewInTime } from './lifetime.js';

const EXPIRY = systemActor('expiry');
/** Campaigns that are retired in one round. */
const BATCH = 50;

/** A campaign whose last day is over. */
interface Expired {
  readonly campaignId: CampaignId;
  readonly vendorId: VendorId;
}

/** Review and last days of campaigns, and what their pages do afterwards. */
@Injectable()
export class Lifetimes {
  private readonly logger = new Logger(Lifetimes.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly rows: CampaignsRepository,
    private readonly publication: CampaignPublication,
  ) {}

  /** @throws DomainError `campaign.not-found`. */
  async get(actor: VendorActor, campaignId: CampaignId): Promise<Lifetime> {
    requirePermission(actor, 'campaigns.read');
    return this.database.inTransaction(actor, async () => {
      await this.rows.campaign(campaignId);
      return this.read(campaignId);
    });
  }

  /** @throws DomainError `campaign.not-found`, `lifetime.ends-in-the-past`, `lifetime.review-after-end`. */
  async save(actor: VendorActor, campaignId: CampaignId, lifetime: Lifetime): Promise<Lifetime> {
    requirePermission(actor, 'campaigns.retire');
    return this.database.inTransaction(actor, async () => {
      await this.rows.campaign(campaignId);
      await this.rows.lock(campaignId);
      requireReviewInTime(lifetime);
      requireEnd(lifetime, await this.read(campaignId), calendarDate(this.clock.now()));
      const { reviewOn, expiresOn, pagesAfterEnd } = lifetime;
      await this.database.query(
        `INSERT INTO campaigns.lifetime (campaign_id, vendor_id, review_on, expires_on, pages_after_end, changed_at, changed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (campaign_id) DO UPDATE SET review_on = $3, expires_on = $4, pages_after_end = $5, changed_at = $6, changed_by = $7`,
        [campaignId, actor.vendorId, reviewOn, expiresOn, pagesAfterEnd, this.clock.now(), actor.name],
      );
      await this.audit.record(actor, {
        action: 'campaign.lifetime-changed',
        subject: { kind: 'campaign', id: campaignId },
        details: { ...lifetime },
      });
      return this.read(campaignId);
    });
  }

  /** What landing pages of a campaign do after its retirement. */
  async pagesAfterEnd(actor: Actor, campaignId: CampaignId): Promise<Lifetime['pagesAfterEnd']> {
    return (await this.database.inTransaction(actor, () => this.read(campaignId))).pagesAfterEnd;
  }

  /**
   * Retires campaigns whose last day is over. One that fails delays no other.
   * @returns whether there may be more.
   */
  async endExpired(): Promise<boolean> {
    const expired = await this.database.inTransaction(EXPIRY, () =>
      this.database.query<Expired>(
        `SELECT l.campaign_id, l.vendor_id FROM campaigns.lifetime l WHERE l.expires_on < $1
           AND EXISTS (SELECT FROM campaigns.campaign_version v WHERE v.campaign_id = l.campaign_id AND v.status = 'published')
         ORDER BY l.expires_on LIMIT $2`,
        [calendarDate(this.clock.now()), BATCH],
      ),
    );
    let ended = 0;
    for (const { campaignId, vendorId } of expired)
      try {
        await this.publication.retireExpired(vendorProcess('expiry', vendorId), campaignId);
        ended++;
      } catch (error) {
        this.logger.error(`The campaign ${campaignId} could not be retired on its last day; it is tried again.`, error);
      }
    return ended === BATCH;
  }

  private async read(campaignId: CampaignId): Promise<Lifetime> {
    const [found] = await this.database.query<Lifetime>(
      'SELECT review_on::text, expires_on::text, pages_after_end FROM campaigns.lifetime WHERE campaign_id = $1',
      [campaignId],
    );
    return found ?? NO_LIFETIME;
  }
}
