import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { HOUR_MS, Texts, type Translation } from '#kernel';
import de from './texts/lead-mails/de.json' with { type: 'json' };
import en from './texts/lead-mails/en.json' with { type: 'json' };

/** What a mail about a lead is for. */
export type LeadOccasion =
  | 'received'
  | 'clicked'
  | 'withdrawn'
  | 'reminder'
  | 'escalation'
  | 'taken-up-reminder'
  | 'taken-up-escalation';

/**
 * In the languages of the portal.
 * No text names the contact: a mailbox is not safe for that.
 */
const TEXTS = new Texts(en, { de });

/** The texts of each occasion. */
const CONTENT = {
  received: { subject: 'new', line: 'received' },
  clicked: { subject: 'new', line: 'clicked' },
  withdrawn: { subject: 'withdrawn.subject', line: 'withdrawn.text' },
  reminder: { subject: 'waiting.subject', line: 'waiting.text' },
  escalation: { subject: 'waiting.subject', line: 'waiting.text' },
  'taken-up-reminder': { subject: 'inactive.subject', line: 'inactive.text' },
  'taken-up-escalation': { subject: 'inactive.subject', line: 'inactive.text' },
} as const satisfies Record<LeadOccasion, object>;

/** Full days if it is a day or longer, else hours. */
function durationIn({ t }: Translation<typeof en>, ms: number): string {
  const hours = Math.max(1, Math.floor(ms / HOUR_MS));
  const days = Math.floor(hours / 24);
  return days > 0 ? t('days', { count: days }) : t('hours', { count: hours });
}

/**
 * @param url of the partner's leads in the portal.
 * @param waitedMs how long the lead has been waiting.
 */
export function leadLetter(
  reader: MailReader,
  url: string,
  partner: string,
  occasion: LeadOccasion,
  waitedMs: number,
): SystemMailMessage {
  const texts = TEXTS.in(reader.locale);
  const { t, language } = texts;
  const { subject, line } = CONTENT[occasion];
  const values = { partner, duration: durationIn(texts, waitedMs) };
  return composeSystemMail(reader, {
    language,
    subject: t(subject, values),
    paragraphs: [t(line, values)],
    button: { label: t('button'), url },
    closing: t('closing', values),
  });
}
