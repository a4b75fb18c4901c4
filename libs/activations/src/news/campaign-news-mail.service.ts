import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { type OfferedVersion, PublishedCampaigns } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Accounts, type MailReader, mailReaders, SystemMail } from '#identity';
import { type ActivationId, type CampaignId, groupBy, type PartnerId, type SystemActor } from '#kernel';
import { Organisations } from '#organisations';
import { endLetter, type OfferedCampaign, offerLetter, type OfferNews } from './campaign-letters.js';
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
    const versions: OfferedVersion[] = [];
    for (const { versionId } of items) versions.push(await this.published.launched(actor, versionId));
    const kind = items[0]?.kind === 'extended' ? 'extended' : 'offered';
    await this.post(actor, partnerId, versions, { kind, message: null });
  }

  /**
   * One mail that asks to launch these; none if there are none.
   * @param message of the vendor.
   */
  async postReminder(
    actor: SystemActor,
    partnerId: PartnerId,
    versions: readonly OfferedVersion[],
    message: string | null,
  ): Promise<void> {
    await this.post(actor, partnerId, versions, { kind: 'reminded', message });
  }

  private async post(
    actor: SystemActor,
    partnerId: PartnerId,
    versions: readonly OfferedVersion[],
    news: Pick<OfferNews, 'kind' | 'message'>,
  ): Promise<void> {
    const [first, ...others] = versions;
    if (first === undefined) return;
    const campaigns: OfferedCampaign[] = [];
    for (const { vendorId, title, summary, closesOn } of versions) {
      const { name } = await this.organisations.get(actor, vendorId);
      campaigns.push({ vendor: { id: vendorId, name }, title, summary, closesOn });
    }
    const url = `${this.config.PUBLIC_URL}${others.length === 0 ? `/offers/${first.versionId}` : '/'}`;
    for (const reader of await this.readers(actor, partnerId))
      await this.mail.post(offerLetter(reader, { ...news, url, campaigns }));
  }

  /** One mail for each campaign, with the newest of its ended versions. */
  async postEnds(actor: SystemActor, partnerId: PartnerId, items: readonly CampaignNewsItem[]): Promise<void> {
    const ofCampaigns = groupBy(items, ({ campaignId }) => campaignId);
    for (const [campaignId, [first]] of ofCampaigns) {
      if (first === undefined) continue;
      const { title, status, endedReason } = await this.published.launched(actor, first.versionId);
      if (status === 'published') continue;
      const { name } = await this.organisations.get(actor, first.vendorId);
      const vendor = { id: first.vendorId, name };
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
