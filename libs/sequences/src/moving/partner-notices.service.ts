import { Inject, Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Accounts, SystemMail } from '#identity';
import type { ContactId, PartnerId, SystemActor } from '#kernel';
import { noticeOf } from './people-notice.js';

/** E-mails to the people of a partner about its running sequences. */
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
    const url = `${this.config.PUBLIC_URL}/activations/${activation.id}`;
    await this.send(actor, partnerId, { kind: 'post', url, locale: activation.locale });
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
    const words = texts[locale] ?? Object.values(texts)[0] ?? '';
    const url = `${this.config.PUBLIC_URL}/contacts/${contactId}`;
    await this.send(actor, partnerId, { kind: 'notify', words, url, locale });
  }

  private async send(actor: SystemActor, partnerId: PartnerId, about: Parameters<typeof noticeOf>[0]): Promise<void> {
    const { subject, text, html } = noticeOf(about);
    for (const to of await this.addresses(actor, partnerId)) await this.mail.post({ to, subject, text, html });
  }

  /**
   * The contact address of the brand profile, or else the owners' addresses.
   */
  private async addresses(actor: SystemActor, partnerId: PartnerId): Promise<string[]> {
    const { contact } = await this.profiles.current(actor);
    if (contact.email !== null) return [contact.email];
    const team = await this.accounts.team(actor, partnerId);
    return team.filter(({ role }) => role === 'owner').map(({ email }) => email);
  }
}
