import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { TermsVersion } from './terms-version.js';
import de from './texts/terms/de.json' with { type: 'json' };
import en from './texts/terms/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** Tells a partner of a new version of a vendor's programme terms. */
export function termsLetter(
  reader: MailReader,
  {
    vendor,
    terms: { number, effectiveOn, acceptBy, isRequired },
    url,
  }: { readonly vendor: Speaker; readonly terms: Omit<TermsVersion, 'texts'>; readonly url: string },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const inWords = (day: string): string =>
    new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(day),
    );
  const names = { vendor: vendor.name, number: String(number) };
  return composeSystemMail(reader, {
    language,
    subject: t('subject', names),
    paragraphs: [
      t('what', { ...names, effectiveOn: inWords(effectiveOn) }),
      t(isRequired ? 'required' : 'asked', { ...names, acceptBy: inWords(acceptBy) }),
    ],
    button: { label: t('button'), url },
    closing: t('closing', names),
    inNameOf: vendor,
  });
}
