import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { AnswerStatus } from './disclosure-answer.js';
import de from './texts/disclosure-mails/de.json' with { type: 'json' };
import en from './texts/disclosure-mails/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/**
 * Tells a vendor's user that a partner has shared a lead.
 * @param url of the shared lead in the vendor's portal.
 */
export function disclosedLetter(
  reader: MailReader,
  url: string,
  { vendor: inNameOf, ...names }: { readonly vendor: Speaker; readonly partner: string; readonly campaign: string },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const facts = { ...names, vendor: inNameOf.name };
  return composeSystemMail(reader, {
    language,
    subject: t('disclosed.subject', facts),
    paragraphs: [t('disclosed.text', facts)],
    button: { label: t('button'), url },
    closing: t('disclosed.closing', facts),
    inNameOf,
  });
}

/**
 * Tells a partner's user what the vendor answered about a shared lead.
 * @param url of the lead in the partner's portal.
 */
export function answeredLetter(
  reader: MailReader,
  url: string,
  {
    status,
    hasNote,
    vendor: inNameOf,
    campaign,
  }: { readonly vendor: Speaker; readonly campaign: string; readonly status: AnswerStatus; readonly hasNote: boolean },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const facts = { campaign, vendor: inNameOf.name };
  return composeSystemMail(reader, {
    language,
    subject: t('answered.subject', facts),
    paragraphs: [t(`answered.${status}`, facts), ...(hasNote ? [t('answered.note', facts)] : [])],
    button: { label: t('button'), url },
    closing: t('answered.closing', facts),
    inNameOf,
  });
}
