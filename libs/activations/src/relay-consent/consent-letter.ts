import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/server-consent/de.json' with { type: 'json' };
import en from './texts/server-consent/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

interface ConsentFacts {
  readonly vendor: string;
  /** Servers without the partner's consent, by name. */
  readonly servers: readonly string[];
  /** Activations that were put on hold. */
  readonly heldCount: number;
}

/**
 * Asks a partner to agree to the servers of a vendor, because activations wait
 * for it.
 * @param url of the screen with the servers.
 */
export function consentLetter(
  reader: MailReader,
  url: string,
  { vendor, servers, heldCount }: ConsentFacts,
): SystemMailMessage {
  const { locale } = reader;
  const { t, language } = TEXTS.in(locale);
  const format = locale.startsWith(language) ? locale : language;
  return composeSystemMail(reader, {
    language,
    subject: t('subject', { vendor }),
    paragraphs: [
      t('held', { count: heldCount, vendor }),
      t('servers', { servers: new Intl.ListFormat(format).format(servers) }),
    ],
    button: { label: t('button'), url },
    closing: t('closing'),
  });
}
