import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { PublishedCampaigns } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { Database, unnestRows } from '#database';
import { type ActivationId, type CampaignId, groupBy, type PartnerId, type SystemActor } from '#kernel';
import { type Audience, contactReaders, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { endLetter } from './campaign-letters.js';
import type { CampaignNewsItem } from './campaign-news.service.js';

/**
 * Tells partners of the ends of campaigns that they launched. All methods join
 * the open transaction.
 */
@Injectable()
export class CampaignEndMail {
  constructor(
    private readonly database: Database,
    private readonly published: PublishedCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** For each partner and campaign one e-mail, with the newest of its ended versions. */
  async postEnds(actor: SystemActor, items: readonly CampaignNewsItem[]): Promise<void> {
    if (items.length === 0) return;
    const paths = await this.activationPaths(items);
    for (const ofOne of groupBy(items, ({ partnerId, campaignId }) => `${partnerId} ${campaignId}`).values()) {
      const [first] = ofOne;
      if (first === undefined) continue;
      const { partnerId, campaignId, vendorId } = first;
      const { title, status, endedReason, number } = await this.published.launched(actor, first.versionId);
      if (status === 'published') continue;
      const { name } = await this.organisations.get(actor, vendorId);
      const path = paths.get(`${partnerId} ${campaignId}`) ?? '/activations';
      await this.notifier.notify(
        actor,
        {
          organisationId: partnerId,
          kind: 'versions',
          event: `campaign-${status}`,
          key: first.versionId,
          by: name,
          titles: title,
          number,
          path,
          audience: await this.audienceOf(actor, partnerId),
        },
        (reader) =>
          endLetter(reader, `${this.config.PUBLIC_URL}${path}`, {
            status,
            vendor: { id: vendorId, name },
            title,
            reason: endedReason,
          }),
      );
    }
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

  private async audienceOf(actor: SystemActor, partnerId: PartnerId): Promise<Audience> {
    const looks = await this.profiles.mailLooks(actor, [partnerId]);
    return contactReaders(looks.get(partnerId)?.email ?? null);
  }
}
