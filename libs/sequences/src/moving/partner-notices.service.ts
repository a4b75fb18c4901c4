import { Inject, Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Accounts, mailReaders, SystemMail } from '#identity';
import type { ContactId, PartnerId, SystemActor } from '#kernel';
import { partnerNotice } from './partner-notice.js';

type Unaddressed<Notice> = Notice extends object ? Omit<Notice, 'partner'> : never;
type UnaddressedNotice = Unaddressed<Parameters<typeof partnerNotice>[1]>;

/** E-mails to the users of a partner about its running sequences. */
@Injectable()
export class PartnerNotices {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** In the open transaction. Says that a social post can be published. */
  async sendPostReady(actor: SystemActor, partnerId: PartnerId, { activation }: RunningActivation): Promise<void> {
    await this.send(actor, partnerId, { kind: 'post', url: `${this.config.PUBLIC_URL}/activations/${activation.id}` });
  }

  /**
   * In the open transaction.
   * Says that a contact reached a notify step.
   * @param notice key of its text in the package.
   */
  async sendNotice(
    actor: SystemActor,
    partnerId: PartnerId,
    { activation: { locale }, notices }: RunningActivation,
    { notice, contactId }: { readonly notice: string; readonly contactId: ContactId },
  ): Promise<void> {
    const texts = notices[notice] ?? {};
    const url = `${this.config.PUBLIC_URL}/contacts/${contactId}`;
    await this.send(actor, partnerId, { kind: 'notify', texts, url, locale });
  }

  /**
   * To the contact address of the brand profile, or else to the owners.
   */
  private async send(actor: SystemActor, partnerId: PartnerId, notice: UnaddressedNotice): Promise<void> {
    const { name: partner, contact } = await this.profiles.current(actor);
    for (const reader of mailReaders(await this.accounts.team(actor, partnerId), 'steps', contact.email))
      await this.mail.post(partnerNotice(reader, { ...notice, partner }));
  }
}
