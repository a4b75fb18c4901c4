import { Inject, Injectable } from '@nestjs/common';
import { CampaignLibrary } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { Accounts, SystemMail, VENDOR_PERMISSIONS } from '#identity';
import type { VendorActor } from '#kernel';
import type { Wave } from './wave.js';
import { shutWaveLetter } from './wave-letter.js';

/** Mails to those of a vendor's team who may publish, unless they want none about reviews. */
@Injectable()
export class WaveMail {
  constructor(
    private readonly library: CampaignLibrary,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Posts it in the open transaction. */
  async postShut(actor: VendorActor, wave: Wave, stoppedPartners: number): Promise<void> {
    const { versions } = await this.library.campaign(actor, wave.campaignId);
    const title = versions.find(({ id }) => id === wave.versionId)?.title ?? {};
    const url = `${this.config.PUBLIC_URL}/campaigns/${wave.campaignId}`;
    const mayPublish: readonly string[] = VENDOR_PERMISSIONS['campaigns.publish'];
    for (const reader of await this.accounts.team(actor, actor.vendorId))
      if (mayPublish.includes(reader.role) && reader.notifications.reviews !== 'none')
        await this.mail.post(shutWaveLetter(reader, { wave, title, stoppedPartners, url }));
  }
}
