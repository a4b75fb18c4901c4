import type { HaltCause } from '#delivery';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/halt-mails/de.json' with { type: 'json' };
import en from './texts/halt-mails/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

type HaltDetails = Readonly<Record<string, unknown>>;

interface HaltFacts {
  readonly cause: HaltCause;
  readonly facts: HaltDetails;
  readonly name: string;
}

/**
 * Tells a partner's owner why sending is paused and what to do.
 * Names no recipient.
 */
export function haltLetter(reader: MailReader, url: string, { cause, facts, name }: HaltFacts): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const values = { domain: textOf(facts['domain']), bad: textOf(facts['bad']), submitted: textOf(facts['submitted']) };
  const reason = [t(cause === 'operator' || cause === 'restore' ? 'trouble' : cause, values)];
  return composeSystemMail(reader, {
    language,
    subject: t('subject', { partner: name }),
    paragraphs: cause === 'identity' ? [...reason, ...linesOf(facts['fixes'])] : reason,
    button: { label: t('button'), url },
    closing: t('closing'),
  });
}

/**
 * Tells a vendor's owner that its partners' sub-domain is broken, and what to
 * do.
 */
export function vendorDomainLetter(
  reader: MailReader,
  url: string,
  { vendor, facts }: { readonly vendor: Speaker; readonly facts: HaltDetails },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const domain = textOf(facts['domain']);
  return composeSystemMail(reader, {
    language,
    subject: t('vendorSubject', { domain }),
    paragraphs: [t('vendorIdentity', { domain }), ...linesOf(facts['fixes'])],
    button: { label: t('button'), url },
    closing: t('closing'),
    inNameOf: vendor,
  });
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const linesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(textOf).filter((line) => line !== '') : [];
