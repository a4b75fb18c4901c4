import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { PublishedCampaigns } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Accounts, type MailReader, mailReaders, SystemMail } from '#identity';
import { type ActivationId, type CampaignId, groupBy, type PartnerId, type SystemActor } from '#kernel';
import { Organisations } from '#organisations';
import { endLetter, type OfferedCampaign, offerLetter } from './campaign-letters.js';
import type { CampaignNewsItem } from './campaign-news.service.js';

/**
 * Mails to partners about campaigns, to the readers of mails about versions. All
 * methods join the open transaction.
 */
@Injectable()
export class CampaignNewsMail {
  constructor(
    private readonly database: Database,
    private readonly published: PublishedCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * One mail for all of them; none if there are none.
   * @param items all published, or all extended.
   */
  async postOffers(actor: SystemActor, partnerId: PartnerId, items: readonly CampaignNewsItem[]): Promise<void> {
    const [first, ...others] = items;
    if (first === undefined) return;
    const campaigns: OfferedCampaign[] = [];
    for (const { versionId, vendorId } of items) {
      const { title, summary, closesOn } = await this.published.launched(actor, versionId);
      const { name: vendor } = await this.organisations.get(actor, vendorId);
      campaigns.push({ vendor, title, summary, closesOn });
    }
    const url = `${this.config.PUBLIC_URL}${others.length === 0 ? `/offers/${first.versionId}` : '/'}`;
    const kind = first.kind === 'extended' ? 'extended' : 'offered';
    for (const reader of await this.readers(actor, partnerId))
      await this.mail.post(offerLetter(reader, { kind, url, campaigns }));
  }

  /** One mail for each campaign, with the newest of its ended versions. */
  async postEnds(actor: SystemActor, partnerId: PartnerId, items: readonly CampaignNewsItem[]): Promise<void> {
    const ofCampaigns = groupBy(items, ({ campaignId }) => campaignId);
    for (const [campaignId, [first]] of ofCampaigns) {
      if (first === undefined) continue;
      const { title, status, endedReason } = await this.published.launched(actor, first.versionId);
      if (status === 'published') continue;
      const { name: vendor } = await this.organisations.get(actor, first.vendorId);
      const url = `${this.config.PUBLIC_URL}${await this.activationPath(partnerId, campaignId)}`;
      for (const reader of await this.readers(actor, partnerId))
        await this.mail.post(endLetter(reader, url, { status, vendor, title, reason: endedReason }));
    }
  }

  private async activationPath(partnerId: PartnerId, campaignId: CampaignId): Promise<string> {
    const [newest] = await this.database.query<{ id: ActivationId }>(
      'SELECT id FROM activations.activation WHERE partner_id = $1 AND campaign_id = $2 ORDER BY id DESC LIMIT 1',
      [partnerId, campaignId],
    );
    return newest === undefined ? '/activations' : `/activations/${newest.id}`;
  }

  private async readers(actor: SystemActor, partnerId: PartnerId): Promise<readonly MailReader[]> {
    const { contact } = await this.profiles.current(actor);
    return mailReaders(await this.accounts.team(actor, partnerId), 'versions', contact.email);
  }
}
