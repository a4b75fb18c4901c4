import { renderMailTemplate } from '#rendering';
import { Texts } from '#kernel';
import type { SystemMailMessage } from './system-mail.service.js';
import de from './texts/system-mails/de.json' with { type: 'json' };
import en from './texts/system-mails/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

interface Letter {
  readonly subject: string;
  /** The paragraphs before the button. */
  readonly lines: readonly string[];
  readonly button: string;
  readonly closing: string;
}

/**
 * A system mail as text and HTML.
 * @param url where its button leads.
 * @param language of the letter, BCP 47. It selects the greeting.
 */
export function writeLetter(to: string, url: string, language: string, letter: Letter): SystemMailMessage {
  const { subject, lines, button, closing } = letter;
  const greeting = TEXTS.in(language).t('greeting');
  return {
    to,
    // Names come from users: a line break would start another header.
    subject: subject.replace(/[\r\n]+/g, ' '),
    text: `${[greeting, ...lines, url, closing].join('\n\n')}\n`,
    html: renderMailTemplate('system', { language, greeting, lines, url, button, closing }),
  };
}

/** The vendor's invitation to a partner. */
export function partnerInvitationMail(
  to: string,
  url: string,
  names: { readonly vendor: string; readonly partner: string },
  locale: string,
): SystemMailMessage {
  const { t, language } = TEXTS.in(locale);
  return writeLetter(to, url, language, {
    subject: t('partnerInvitation.subject', names),
    lines: [t('partnerInvitation.what', names), t('partnerInvitation.next')],
    button: t('partnerInvitation.button'),
    closing: t('invitationClosing'),
  });
}

/** A person's invitation into the team of an organisation. */
export function teamInvitationMail(
  to: string,
  url: string,
  names: { readonly person: string; readonly organisation: string },
  locale: string,
): SystemMailMessage {
  const { t, language } = TEXTS.in(locale);
  return writeLetter(to, url, language, {
    subject: t('teamInvitation.subject', names),
    lines: [t('teamInvitation.what', names), t('teamInvitation.next')],
    button: t('teamInvitation.button'),
    closing: t('invitationClosing'),
  });
}

/** The link to a new password. */
export function passwordResetMail(to: string, url: string, locale: string): SystemMailMessage {
  const { t, language } = TEXTS.in(locale);
  return writeLetter(to, url, language, {
    subject: t('passwordReset.subject'),
    lines: [t('passwordReset.what')],
    button: t('passwordReset.button'),
    closing: t('passwordReset.closing'),
  });
}

/** The link that proves a new address. */
export function emailChangeMail(to: string, url: string, locale: string): SystemMailMessage {
  const { t, language } = TEXTS.in(locale);
  return writeLetter(to, url, language, {
    subject: t('emailChange.subject'),
    lines: [t('emailChange.what')],
    button: t('emailChange.button'),
    closing: t('emailChange.closing'),
  });
}

/** What may change about a person's sign-in; also the action in the audit log. */
export type SecurityChange =
  | 'passkey.added'
  | 'passkey.removed'
  | 'totp.turned-on'
  | 'totp.turned-off'
  | 'recovery-codes.renewed'
  | 'password.changed'
  | 'email.changed'
  | 'second-factor.reset';

/** Tells a person that their sign-in was changed. */
export function securityChangeMail(to: string, url: string, change: SecurityChange, locale: string): SystemMailMessage {
  const { t, language } = TEXTS.in(locale);
  return writeLetter(to, url, language, {
    subject: t('securityChange.subject'),
    lines: [t(`securityChange.${change}`), t('securityChange.next')],
    button: t('securityChange.button'),
    closing: t('securityChange.closing'),
  });
}

/**
 * Tells an owner that an endpoint was disabled.
 * @param screen where it is enabled again.
 */
export function webhookDisabledMail(
  to: string,
  screen: string,
  facts: { url: string; reason: 'failed-for-days' | 'gone'; locale: string },
): SystemMailMessage {
  const { url, reason } = facts;
  const { t, language } = TEXTS.in(facts.locale);
  return writeLetter(to, screen, language, {
    subject: t('webhookDisabled.subject'),
    lines: [t(`webhookDisabled.${reason}`, { url }), t('webhookDisabled.next')],
    button: t('webhookDisabled.button'),
    closing: t('webhookDisabled.closing'),
  });
}
