import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { HOUR_MS, Texts, type Translation } from '#kernel';
import type { PhoneLink } from '#organisations';
import type { ResponseKind } from './lead-facts.service.js';

import de from './texts/lead-mails/de.json' with { type: 'json' };
import en from './texts/lead-mails/en.json' with { type: 'json' };

/** What a mail about a lead is for. */
export type LeadOccasion =
  | 'received'
  | 'asked-again'
  | 'clicked'
  | 'withdrawn'
  | 'reminder'
  | 'escalation'
  | 'taken-up-reminder'
  | 'taken-up-escalation';

/** What the mail says of the person. Null: nothing, or unknown. */
export interface LeadPerson {
  readonly name: string | null;
  readonly company: string | null;
  readonly phone: PhoneLink | null;
}

interface LeadLetterFacts {
  readonly partner: string;
  /** Title of the campaign. */
  readonly campaign: string;
  readonly response: ResponseKind;
  /** Whether the campaign is over: its page and its links go on. */
  readonly isOver: boolean;
  /** Null: the contact is deleted. */
  readonly person: LeadPerson | null;
  /** How long the lead has been waiting. */
  readonly waitedMs: number;
}

/** In the languages of the portal. */
const TEXTS = new Texts(en, { de });

/** The occasions in which a person has just asked for something. */
const ASKS: ReadonlySet<LeadOccasion> = new Set(['received', 'asked-again']);

/** The texts of each occasion. */
const CONTENT = {
  received: { subject: 'new', line: 'received' },
  'asked-again': { subject: 'again.subject', line: 'again.text' },
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
 * A mail about a lead, in the reader's language.
 * @param url of the lead in the portal.
 */
export function leadLetter(
  reader: MailReader,
  url: string,
  occasion: LeadOccasion,
  { partner, campaign, response, isOver, person, waitedMs }: LeadLetterFacts,
): SystemMailMessage {
  const texts = TEXTS.in(reader.locale);
  const { t, language } = texts;
  const { subject, line } = CONTENT[occasion];
  const values = { partner, campaign, duration: durationIn(texts, waitedMs) };
  // A withdrawn lead was a program's: there is no person to call.
  const known = occasion === 'withdrawn' ? null : person;
  const { name = null, company = null, phone = null } = known ?? {};
  return composeSystemMail(reader, {
    language,
    subject: t(subject, values),
    paragraphs: [t(line, values), ...(isOver && ASKS.has(occasion) ? [t('over')] : [])],
    facts: [
      { label: t('facts.campaign'), value: campaign, url: null },
      { label: t('facts.response'), value: t(`response.${response}`), url: null },
      ...(name === null ? [] : [{ label: t('facts.name'), value: name, url: null }]),
      ...(company === null ? [] : [{ label: t('facts.company'), value: company, url: null }]),
      ...(phone === null ? [] : [{ label: t('facts.phone'), value: phone.text, url: phone.url }]),
    ],
    button: { label: t('button'), url },
    closing: t(name === null ? 'closing' : 'closingNamed', values),
  });
}
