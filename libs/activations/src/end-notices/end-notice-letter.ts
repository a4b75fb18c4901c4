import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/end-notices/de.json' with { type: 'json' };
import en from './texts/end-notices/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** A campaign that a partner runs and that ends soon. */
export interface EndNotice {
  readonly vendor: Speaker;
  /** By language. */
  readonly titles: Readonly<Record<string, string>>;
  /** `2027-03-29`: the last day. */
  readonly expiresOn: string;
  readonly url: string;
}

/** Tells a partner that something it runs ends soon. */
export function endNoticeLetter(
  reader: MailReader,
  { vendor: inNameOf, titles, expiresOn, url }: EndNotice,
): SystemMailMessage {
  const { locale } = reader;
  const { t, language } = TEXTS.in(locale);
  const title = titles[locale] ?? titles[locale.slice(0, 2)] ?? Object.values(titles)[0] ?? '';
  const day = new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(expiresOn),
  );
  const values = { vendor: inNameOf.name, title, day };
  return composeSystemMail(reader, {
    language,
    subject: t('subject', values),
    paragraphs: [t('what', values), t('next', values)],
    button: { label: t('button'), url },
    closing: t('closing'),
    inNameOf,
  });
}
