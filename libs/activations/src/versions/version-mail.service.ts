import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Accounts, type MailReader, mailReaders, SystemMail } from '#identity';
import type { PartnerId, SystemActor } from '#kernel';
import { Organisations } from '#organisations';
import type { Activation } from '../activation.js';
import type { NewerVersion } from './newer-versions.service.js';
import { versionLetter } from './version-letter.js';

/** Mails to partners about newer versions, in the reader's language. */
@Injectable()
export class VersionMail {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Posts one mail in the open transaction. It goes to the address on the brand
   * profile, or to the owners if it has none.
   */
  async post(
    actor: SystemActor,
    { id, partnerId, vendorId }: Pick<Activation, 'id' | 'partnerId' | 'vendorId'>,
    { version, difference }: NewerVersion,
  ): Promise<void> {
    const { name } = await this.organisations.get(actor, vendorId);
    const vendor = { id: vendorId, name };
    const { number, title, closesOn } = version;
    for (const reader of await this.readers(actor, partnerId)) {
      const { locale } = reader;
      const called = title[locale] ?? title[locale.slice(0, 2)] ?? Object.values(title)[0] ?? '';
      const facts = { vendor, title: called, number, difference, closesOn };
      await this.mail.post(versionLetter(reader, `${this.config.PUBLIC_URL}/activations/${id}`, facts));
    }
  }

  private async readers(actor: SystemActor, partnerId: PartnerId): Promise<readonly MailReader[]> {
    const { contact } = await this.profiles.current(actor);
    return mailReaders(await this.accounts.team(actor, partnerId), 'versions', contact.email);
  }
}
