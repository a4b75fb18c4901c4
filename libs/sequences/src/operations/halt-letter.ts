import type { HaltCause } from '#delivery';
import { type SystemMailMessage, writeLetter } from '#identity';
import { Texts } from '#kernel';
import de from './texts/halt-mails/de.json' with { type: 'json' };
import en from './texts/halt-mails/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

type HaltDetails = Readonly<Record<string, unknown>>;

interface HaltFacts {
  readonly cause: HaltCause;
  readonly facts: HaltDetails;
  readonly name: string;
  readonly locale: string;
}

/**
 * Tells a partner's owner why sending is paused and what to do.
 * Names no recipient.
 */
export function haltLetter(to: string, url: string, { cause, facts, name, locale }: HaltFacts): SystemMailMessage {
  const { t, language } = TEXTS.in(locale);
  const values = { domain: textOf(facts['domain']), bad: textOf(facts['bad']), submitted: textOf(facts['submitted']) };
  const reason = cause === 'operator' || cause === 'restore' ? [] : [t(cause, values)];
  return writeLetter(to, url, language, {
    subject: t('subject', { partner: name }),
    lines: cause === 'identity' ? [...reason, ...linesOf(facts['fixes'])] : reason,
    button: t('button'),
    closing: t('closing'),
  });
}

/**
 * Tells a vendor's owner that its partners' sub-domain is broken, and what to
 * do.
 */
export function vendorDomainLetter(
  to: string,
  url: string,
  { facts, locale }: Pick<HaltFacts, 'facts' | 'locale'>,
): SystemMailMessage {
  const { t, language } = TEXTS.in(locale);
  const domain = textOf(facts['domain']);
  return writeLetter(to, url, language, {
    subject: t('vendorSubject', { domain }),
    lines: [t('vendorIdentity', { domain }), ...linesOf(facts['fixes'])],
    button: t('button'),
    closing: t('closing'),
  });
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const linesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(textOf).filter((line) => line !== '') : [];
