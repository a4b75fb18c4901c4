import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { PublishedVersions } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { Database, unnestRows } from '#database';
import { SystemMail } from '#identity';
import { type ActivationId, type CampaignId, groupBy, type PartnerId, type SystemActor } from '#kernel';
import { contactReaders, type Notice, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { type CampaignEnd, endLetter } from './campaign-letters.js';
import type { CampaignNewsItem } from './campaign-news.service.js';

/**
 * Tells partners of the ends of campaigns that they launched. All methods join
 * the open transaction.
 */
@Injectable()
export class CampaignEndMail {
  constructor(
    private readonly database: Database,
    private readonly published: PublishedVersions,
    private readonly profiles: BrandProfiles,
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** For each partner and campaign one e-mail, with the newest of its ended versions. */
  async postEnds(actor: SystemActor, items: readonly CampaignNewsItem[]): Promise<void> {
    if (items.length === 0) return;
    const newest = [...groupBy(items, ({ partnerId, campaignId }) => `${partnerId} ${campaignId}`).values()].flatMap(
      ([first]) => first ?? [],
    );
    const letters = await this.lettersOf(actor, newest);
    const readers = await this.notifier.readersNow(actor, [...letters.keys()]);
    await this.mail.postAll(
      readers.flatMap(({ notice, reader }) => {
        const end = letters.get(notice);
        if (end === undefined) return [];
        return [{ message: endLetter(reader, `${this.config.PUBLIC_URL}${notice.path}`, end) }];
      }),
    );
  }

  /** What each partner is told; nothing of versions that are published again. */
  private async lettersOf(
    actor: SystemActor,
    items: readonly CampaignNewsItem[],
  ): Promise<ReadonlyMap<Notice, CampaignEnd>> {
    const paths = await this.activationPaths(items);
    const looks = await this.profiles.mailLooks(actor, [...new Set(items.map(({ partnerId }) => partnerId))]);
    const vendors = await this.organisations.byIds(actor, [...new Set(items.map(({ vendorId }) => vendorId))]);
    const letters = new Map<Notice, CampaignEnd>();
    for (const [versionId, ofVersion] of groupBy(items, (item) => item.versionId)) {
      const { title, status, endedReason, endedCode, number } = await this.published.launched(actor, versionId);
      if (status === 'published') continue;
      for (const { partnerId, campaignId, vendorId } of ofVersion) {
        const name = vendors.get(vendorId)?.name ?? '';
        const notice: Notice = {
          organisationId: partnerId,
          kind: 'versions',
          event: endedCode === null ? `campaign-${status}` : 'campaign-ended',
          key: versionId,
          by: name,
          titles: title,
          number,
          path: paths.get(`${partnerId} ${campaignId}`) ?? '/activations',
          audience: contactReaders(looks.get(partnerId)?.email ?? null),
        };
        letters.set(notice, { status, vendor: { id: vendorId, name }, title, reason: endedReason, code: endedCode });
      }
    }
    return letters;
  }

  /** Of the newest activation of each, by partner and campaign. */
  private async activationPaths(items: readonly CampaignNewsItem[]): Promise<ReadonlyMap<string, string>> {
    const given = unnestRows(items, { partnerId: 'uuid', campaignId: 'uuid' });
    const rows = await this.database.query<{ id: ActivationId; partnerId: PartnerId; campaignId: CampaignId }>(
      `SELECT DISTINCT ON (a.partner_id, a.campaign_id) a.id, a.partner_id, a.campaign_id
       FROM activations.activation a JOIN ${given.from} ON given.partner_id = a.partner_id AND given.campaign_id = a.campaign_id
       ORDER BY a.partner_id, a.campaign_id, a.id DESC`,
      given.parameters,
    );
    return new Map(rows.map(({ id, partnerId, campaignId }) => [`${partnerId} ${campaignId}`, `/activations/${id}`]));
  }
}
