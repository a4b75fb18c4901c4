import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/partner-notices/de.json' with { type: 'json' };
import en from './texts/partner-notices/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

type Notice =
  | { readonly kind: 'post'; readonly url: string; readonly partner: string }
  /**
   * @property texts the vendor's text, from the catalogue, by language.
   * @property locale of the activation: for readers whose language is missing.
   */
  | {
      readonly kind: 'notify';
      readonly texts: Readonly<Record<string, string>>;
      readonly locale: string;
      readonly url: string;
      readonly partner: string;
    };

/**
 * A mail to the partner's users.
 * It says where to look and names no contact.
 * A mailbox is not safe for that.
 */
export function partnerNotice(reader: MailReader, notice: Notice): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { kind, url, partner } = notice;
  return composeSystemMail(reader, {
    language,
    subject: t(`${kind}.subject`),
    paragraphs: notice.kind === 'post' ? [t('post.what')] : [vendorText(notice, language), t('notify.who')],
    button: { label: t(`${kind}.button`), url },
    closing: t('closing', { partner }),
  });
}

function vendorText({ texts, locale }: Extract<Notice, { kind: 'notify' }>, language: string): string {
  const inLanguage = Object.entries(texts).find(([tag]) => tag.split('-')[0] === language)?.[1];
  return inLanguage ?? texts[locale] ?? Object.values(texts)[0] ?? '';
}
