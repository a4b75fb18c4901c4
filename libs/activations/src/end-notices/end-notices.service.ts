import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { noticeDue } from '#campaigns';
import { CONFIG, type Config } from '#config';
import type { Localised } from '#content';
import { Database, unnestRows } from '#database';
import { SystemMail } from '#identity';
import { type ActivationId, type CampaignId, Clock, DAY_MS, type PartnerId, systemActor, type VendorId } from '#kernel';
import { contactReaders, type Notice, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { type EndNotice, endNoticeLetter } from './end-notice-letter.js';

const NOTICES = systemActor('end-notices');
/** Partners of one transaction. */
const BATCH = 200;

/** A partner that runs a campaign which ends within 30 days. */
interface Ending {
  readonly campaignId: CampaignId;
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly activationId: ActivationId;
  readonly expiresOn: string;
  readonly titles: Localised;
}

/** Tells partners 30, 7 and 1 days before something they run ends. */
@Injectable()
export class EndNotices {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly notifier: Notifier,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Tells a batch, each once, from any number of processes.
   * @returns whether there may be more.
   */
  async tellDue(): Promise<boolean> {
    return this.database.inTransaction(NOTICES, async () => {
      const due = await this.claim(await this.ending());
      await this.post(due);
      return due.length === BATCH;
    });
  }

  private async ending(): Promise<Ending[]> {
    const today = this.clock.now();
    return this.database.query<Ending>(
      `SELECT DISTINCT ON (a.campaign_id, a.partner_id) a.campaign_id, a.partner_id, a.vendor_id, a.id AS activation_id,
         l.expires_on::text, v.title AS titles
       FROM campaigns.lifetime_view l JOIN activations.activation a ON a.campaign_id = l.campaign_id
       JOIN campaigns.campaign_version_view v ON v.id = a.version_id
       WHERE l.expires_on BETWEEN $1::date AND $1::date + 30 AND a.status IN ('active', 'held') AND v.status = 'published'
         AND NOT EXISTS (SELECT FROM activations.end_notice n WHERE n.campaign_id = a.campaign_id
           AND n.partner_id = a.partner_id AND n.expires_on = l.expires_on
           AND n.days <= CASE WHEN l.expires_on - $1::date <= 1 THEN 1 WHEN l.expires_on - $1::date <= 7 THEN 7 ELSE 30 END)
       ORDER BY a.campaign_id, a.partner_id, a.id DESC LIMIT $2`,
      [today.toISOString().slice(0, 10), BATCH],
    );
  }

  /** @returns those that no other process has told. */
  private async claim(ending: readonly Ending[]): Promise<Ending[]> {
    const now = this.clock.now();
    const today = Date.parse(now.toISOString().slice(0, 10));
    const given = ending.flatMap((one) => {
      const days = noticeDue((Date.parse(one.expiresOn) - today) / DAY_MS);
      return days === null ? [] : [{ ...one, days }];
    });
    if (given.length === 0) return [];
    const rows = unnestRows(given, { campaignId: 'uuid', partnerId: 'uuid', expiresOn: 'date', days: 'int' }, [now]);
    const claimed = await this.database.query<Pick<Ending, 'campaignId' | 'partnerId'>>(
      `INSERT INTO activations.end_notice (campaign_id, partner_id, expires_on, days, told_at)
       SELECT given.*, $1 FROM ${rows.from} ON CONFLICT DO NOTHING RETURNING campaign_id, partner_id`,
      rows.parameters,
    );
    const keys = new Set(claimed.map(({ campaignId, partnerId }) => `${campaignId} ${partnerId}`));
    return ending.filter(({ campaignId, partnerId }) => keys.has(`${campaignId} ${partnerId}`));
  }

  private async post(due: readonly Ending[]): Promise<void> {
    if (due.length === 0) return;
    const looks = await this.profiles.mailLooks(NOTICES, [...new Set(due.map(({ partnerId }) => partnerId))]);
    const vendors = await this.organisations.byIds(NOTICES, [...new Set(due.map(({ vendorId }) => vendorId))]);
    const today = this.clock.now().toISOString().slice(0, 10);
    const letters = new Map<Notice, EndNotice>(
      due.map(({ campaignId, partnerId, vendorId, activationId, expiresOn, titles }) => {
        const name = vendors.get(vendorId)?.name ?? '';
        const path = `/activations/${activationId}`;
        const notice: Notice = {
          organisationId: partnerId,
          kind: 'versions',
          event: 'campaign-ends-soon',
          key: `${campaignId} ${expiresOn} ${today}`,
          by: name,
          titles,
          path,
          audience: contactReaders(looks.get(partnerId)?.email ?? null),
        };
        return [notice, { vendor: { id: vendorId, name }, titles, expiresOn, url: `${this.config.PUBLIC_URL}${path}` }];
      }),
    );
    const readers = await this.notifier.readersNow(NOTICES, [...letters.keys()]);
    await this.mail.postAll(
      readers.flatMap(({ notice, reader }) => {
        const letter = letters.get(notice);
        return letter === undefined ? [] : [{ message: endNoticeLetter(reader, letter) }];
      }),
    );
  }
}
