import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Accounts, type MailReader, mailReaders, SystemMail } from '#identity';
import { Clock, type SystemActor } from '#kernel';
import { type EndNews, Organisations, type Pair } from '#organisations';
import { partnershipLetter } from './partnership-letter.js';

/** Mails to the other side about the end of a partnership. */
@Injectable()
export class PartnershipMail {
  constructor(
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Posts it in the open transaction of a process for the partner. */
  async post(actor: SystemActor, { partnerId, vendorId }: Pair, news: EndNews): Promise<void> {
    const to = news.by === 'vendor' ? 'partner' : 'vendor';
    const id = to === 'partner' ? vendorId : partnerId;
    const { name } = await this.organisations.get(actor, id);
    const url = `${this.config.PUBLIC_URL}${to === 'partner' ? '/vendors' : '/partners'}`;
    const team = await this.accounts.team(actor, to === 'partner' ? partnerId : vendorId);
    const readers: readonly MailReader[] =
      to === 'vendor'
        ? team.filter(({ role }) => role === 'owner')
        : mailReaders(team, 'versions', (await this.profiles.current(actor)).contact.email);
    for (const reader of readers)
      await this.mail.post(partnershipLetter(reader, { to, other: { id, name }, news, url, now: this.clock.now() }));
  }
}
