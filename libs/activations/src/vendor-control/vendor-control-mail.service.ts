import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { PublishedCampaigns } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { Accounts, mailReaders, SystemMail } from '#identity';
import type { SystemActor } from '#kernel';
import { Organisations } from '#organisations';
import type { Activation } from '../activation.js';
import { type VendorAct, vendorControlLetter } from './vendor-control-letter.js';

/** Mails to a partner whose activation its vendor holds, releases or stops. */
@Injectable()
export class VendorControlMail {
  constructor(
    private readonly published: PublishedCampaigns,
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Posts it in the open transaction of a process for the partner. */
  async post(
    actor: SystemActor,
    { id, partnerId, vendorId, versionId }: Activation,
    act: Pick<VendorAct, 'kind' | 'reason'>,
  ): Promise<void> {
    const { title: titles } = await this.published.launched(actor, versionId);
    const { name } = await this.organisations.get(actor, vendorId);
    const { contact } = await this.profiles.current(actor);
    const url = `${this.config.PUBLIC_URL}/activations/${id}`;
    for (const reader of mailReaders(await this.accounts.team(actor, partnerId), 'sending', contact.email)) {
      const title = titles[reader.locale] ?? titles[reader.locale.slice(0, 2)] ?? Object.values(titles)[0] ?? '';
      await this.mail.post(vendorControlLetter(reader, { ...act, vendor: { id: vendorId, name }, title, url }));
    }
  }
}
