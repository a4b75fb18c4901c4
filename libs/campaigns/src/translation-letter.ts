import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { Localised } from '#content';
import de from './texts/translation-mails/de.json' with { type: 'json' };
import en from './texts/translation-mails/en.json' with { type: 'json' };
import type { RequestKind } from './translation.js';

const TEXTS = new Texts(en, { de });

interface TranslationFacts {
  readonly vendor: Speaker;
  readonly kind: RequestKind;
  readonly title: Localised;
  /** BCP 47. */
  readonly locale: string;
  /** Texts that it is about. */
  readonly count: number;
  /** The person that asks or answers. */
  readonly person: string;
  readonly comment: string | null;
}

/**
 * Asks a reviewer for a review of a language, or answers the translators.
 * @param url of the texts in the editor.
 */
export function translationLetter(
  reader: MailReader,
  url: string,
  { vendor, kind, title, locale, count, person, comment }: TranslationFacts,
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const called = title[reader.locale] ?? title[reader.locale.slice(0, 2)] ?? Object.values(title)[0] ?? '';
  const named = new Intl.DisplayNames([language], { type: 'language' }).of(locale) ?? locale;
  const facts = { title: called, language: named, person, count };
  return composeSystemMail(reader, {
    language,
    subject: t(`${kind}.subject`, facts),
    paragraphs: [t(`${kind}.what`, facts), ...(comment === null ? [] : [comment]), t(`${kind}.next`)],
    button: { label: t(`${kind}.button`), url },
    closing: t(kind === 'review' ? 'closing.reviewer' : 'closing.translator'),
    inNameOf: vendor,
  });
}
