import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import type { MessageSubject } from '#delivery';
import {
  Accounts,
  composeSystemMail,
  type MailReader,
  mailReaders,
  SystemMail,
  type SystemMailMessage,
} from '#identity';
import { type SystemActor, Texts } from '#kernel';
import de from './texts/forwarding/de.json' with { type: 'json' };
import en from './texts/forwarding/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** Tells a partner's owners that a reply could not be forwarded. */
@Injectable()
export class ForwardingNotices {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * In the open transaction. The mailbox that failed gets no notice, unless no
   * owner has another address.
   * @param reason text of the other server, without addresses.
   */
  async post(actor: SystemActor, { partnerId, contactId }: MessageSubject, reason: string): Promise<void> {
    const { name, contact } = await this.profiles.current(actor);
    const readers = mailReaders(await this.accounts.team(actor, partnerId), 'replies');
    const mailbox = contact.email ?? '';
    const others = readers.filter(({ email }) => email.toLowerCase() !== mailbox.toLowerCase());
    for (const reader of others.length > 0 ? others : readers)
      await this.mail.post(
        noticeOf({
          reader,
          reason,
          mailbox,
          partner: name,
          url: `${this.config.PUBLIC_URL}/contacts/${contactId}`,
        }),
      );
  }
}

interface NoticeFacts {
  readonly reader: MailReader;
  readonly partner: string;
  readonly mailbox: string;
  readonly reason: string;
  readonly url: string;
}

function noticeOf({ reader, partner, mailbox, reason, url }: NoticeFacts): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  return composeSystemMail(reader, {
    language,
    subject: t('subject', { partner }),
    paragraphs: [t('text', { mailbox }), t('reason', { reason }), t('remedy')],
    button: { label: t('button'), url },
    closing: t('closing', { partner }),
  });
}
