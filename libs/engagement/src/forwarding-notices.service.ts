import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import type { MessageSubject } from '#delivery';
import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Clock, type SystemActor, Texts } from '#kernel';
import { type Audience, Notifier } from '#notifications';
import de from './texts/forwarding/de.json' with { type: 'json' };
import en from './texts/forwarding/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** Tells a partner's owners that a reply could not be forwarded. */
@Injectable()
export class ForwardingNotices {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * In the open transaction. The mailbox that failed gets no notice, unless no
   * owner has another address.
   * @param reason text of the other server, without addresses.
   */
  async post(actor: SystemActor, { partnerId, contactId }: MessageSubject, reason: string): Promise<void> {
    const { name, contact } = await this.profiles.current(actor);
    const mailbox = contact.email ?? '';
    const path = `/contacts/${contactId}`;
    await this.notifier.notify(
      actor,
      {
        organisationId: partnerId,
        kind: 'replies',
        event: 'reply-not-forwarded',
        key: `${contactId} ${this.clock.now().toISOString()}`,
        by: null,
        titles: null,
        path,
        audience: ownersExcept(mailbox),
        contact: { id: contactId, partnerId },
      },
      (reader) => noticeOf({ reader, reason, mailbox, partner: name, url: `${this.config.PUBLIC_URL}${path}` }),
    );
  }
}

function ownersExcept(mailbox: string): Audience {
  const isMailbox = ({ email }: { readonly email: string }): boolean => email.toLowerCase() === mailbox.toLowerCase();
  return {
    byDefault: (member, team) => {
      const hasOther = team.some((one) => one.role === 'owner' && !isMailbox(one));
      return member.role === 'owner' && !(hasOther && isMailbox(member)) ? 'owner' : null;
    },
    mailbox: null,
  };
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
