import type { CampaignDifference } from '#content';
import { readerLocale, TACTIC_SECTIONS } from '#contracts';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/new-version/de.json' with { type: 'json' };
import en from './texts/new-version/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

interface VersionFacts {
  readonly vendor: Speaker;
  /** Of the campaign, in the reader's language where it has one. */
  readonly title: string;
  readonly number: number;
  readonly difference: CampaignDifference;
  /** The last day on which it can be launched. */
  readonly closesOn: string;
}

const KINDS: readonly (keyof CampaignDifference)[] = [...TACTIC_SECTIONS, 'sequence'];

/**
 * Notifies the users who run a campaign of a newer version.
 * @param url of the activation.
 */
export function versionLetter(reader: MailReader, url: string, facts: VersionFacts): SystemMailMessage {
  const { locale } = reader;
  const { t, language } = TEXTS.in(locale);
  const { vendor: inNameOf, title, number, difference, closesOn } = facts;
  const { name: vendor } = inNameOf;
  // Lists and days are formatted by the reader's locale, in the language of the
  // letter.
  const format = readerLocale(language, reader);
  const parts = KINDS.filter((kind) => {
    const differs = difference[kind];
    return typeof differs === 'boolean' ? differs : differs.length > 0;
  }).map((kind) => t(`parts.${kind}`));
  const changed =
    parts.length === 0 ? t('noDifference') : t('differences', { parts: new Intl.ListFormat(format).format(parts) });
  const until = new Intl.DateTimeFormat(format, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(closesOn));
  return composeSystemMail(reader, {
    language,
    subject: t('subject', { number, title }),
    paragraphs: [`${t('published', { vendor, number, title })} ${changed}`, t('next', { vendor, until })],
    button: { label: t('button'), url },
    closing: t('closing'),
    inNameOf,
  });
}
