import { Inject, Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Clock, type ContactId, type PartnerId, type SystemActor } from '#kernel';
import { contactReaders, type Notice, Notifier } from '#notifications';
import { partnerNotice } from './partner-notice.js';

type Unaddressed<Text> = Text extends object ? Omit<Text, 'partner' | 'url'> : never;
type UnaddressedNotice = Unaddressed<Parameters<typeof partnerNotice>[1]>;

/** Tells the users of a partner of its running sequences. */
@Injectable()
export class PartnerNotices {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** In the open transaction. Says that a social post can be published. */
  async sendPostReady(actor: SystemActor, partnerId: PartnerId, { activation }: RunningActivation): Promise<void> {
    const path = `/activations/${activation.id}`;
    await this.send(actor, { organisationId: partnerId, event: 'post-ready', path }, { kind: 'post' });
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
    const contact = { id: contactId, partnerId };
    const path = `/contacts/${contactId}`;
    await this.send(
      actor,
      { organisationId: partnerId, event: 'contact-reached', path, contact },
      { kind: 'notify', texts, locale },
    );
  }

  /**
   * By e-mail to the contact address of the brand profile, or else to the owners.
   */
  private async send(
    actor: SystemActor,
    about: Pick<Notice, 'organisationId' | 'event' | 'path' | 'contact'>,
    notice: UnaddressedNotice,
  ): Promise<void> {
    const { name: partner, contact } = await this.profiles.current(actor);
    await this.notifier.notify(
      actor,
      {
        ...about,
        kind: 'steps',
        key: `${about.path} ${this.clock.now().toISOString()}`,
        by: null,
        titles: null,
        audience: contactReaders(contact.email),
      },
      (reader) => partnerNotice(reader, { ...notice, partner, url: `${this.config.PUBLIC_URL}${about.path}` }),
    );
  }
}
