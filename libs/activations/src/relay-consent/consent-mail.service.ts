import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Accounts, mailReaders, SystemMail } from '#identity';
import type { PartnerId, SystemActor, VendorId } from '#kernel';
import { Organisations } from '#organisations';
import { consentLetter } from './consent-letter.js';
import type { VendorServer } from './vendor-servers.service.js';

/** Mails to partners whose activations wait for consent to a server. */
@Injectable()
export class ConsentMail {
  constructor(
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Posts the mail in the open transaction.
   * @param missing servers without the partner's consent.
   */
  async post(
    actor: SystemActor,
    { partnerId, vendorId }: { readonly partnerId: PartnerId; readonly vendorId: VendorId },
    missing: readonly VendorServer[],
    heldCount: number,
  ): Promise<void> {
    const { name: vendor } = await this.organisations.get(actor, vendorId);
    const facts = { vendor, servers: missing.map(({ host }) => host), heldCount };
    const { contact } = await this.profiles.current(actor);
    const team = await this.accounts.team(actor, partnerId);
    for (const reader of mailReaders(team, 'sending', contact.email))
      await this.mail.post(consentLetter(reader, `${this.config.PUBLIC_URL}/vendors`, facts));
  }
}
