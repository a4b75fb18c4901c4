import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import type { Halt } from '#delivery';
import { Accounts, mailReaders, SystemMail } from '#identity';
import type { PartnerId, SystemActor, VendorId } from '#kernel';
import { Organisations } from '#organisations';
import { haltLetter, vendorDomainLetter } from './halt-letter.js';

/**
 * System mails to the owners of an organisation whose mail or domain has a
 * problem. In the open transaction.
 */
@Injectable()
export class HaltLetters {
  constructor(
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @param halt of a partner, by the product. */
  async sendHaltLetter(actor: SystemActor, { cause, facts, subjectId }: Halt): Promise<void> {
    const partnerId = subjectId as PartnerId;
    const { name } = await this.organisations.get(actor, partnerId);
    for (const reader of await this.readers(actor, partnerId))
      await this.mail.post(haltLetter(reader, `${this.config.PUBLIC_URL}/sending`, { cause, facts, name }));
  }

  /** @param facts the domain, and what to correct in DNS. */
  async sendDomainLetter(actor: SystemActor, vendorId: VendorId, facts: Halt['facts']): Promise<void> {
    const { name } = await this.organisations.get(actor, vendorId);
    const vendor = { id: vendorId, name };
    for (const reader of await this.readers(actor, vendorId))
      await this.mail.post(vendorDomainLetter(reader, `${this.config.PUBLIC_URL}/relays`, { vendor, facts }));
  }

  private async readers(actor: SystemActor, organisationId: PartnerId | VendorId) {
    return mailReaders(await this.accounts.team(actor, organisationId), 'sending');
  }
}
