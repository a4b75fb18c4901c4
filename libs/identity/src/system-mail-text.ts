import { Texts } from '#kernel';
import { composeSystemMail, type MailReader, type Speaker } from './compose-system-mail.js';
import type { SystemMailMessage } from './system-mail.service.js';
import de from './texts/system-mails/de.json' with { type: 'json' };
import en from './texts/system-mails/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** The reader of an invitation; without a name, unless they have an account. */
export interface InvitedReader extends MailReader {
  /** They accept it by signing in, and do not choose a password. */
  readonly hasAccount: boolean;
}

/** The vendor's invitation to the first user of a partner. */
export function partnerInvitationMail(
  reader: InvitedReader,
  url: string,
  { vendor: inNameOf, partner }: { readonly vendor: Speaker; readonly partner: string },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { name: vendor } = inNameOf;
  const names = { vendor, partner };
  const { hasAccount } = reader;
  return composeSystemMail(reader, {
    language,
    subject: t('partnerInvitation.subject', names),
    heading: t('partnerInvitation.heading', { vendor }),
    paragraphs: [
      t('partnerInvitation.what', names),
      t('partnerInvitation.privacy', { vendor }),
      t(hasAccount ? 'invitation.knownAccount' : 'invitation.newAccount'),
    ],
    button: { label: t(hasAccount ? 'invitation.signIn' : 'partnerInvitation.button'), url },
    closing: t('invitationClosing'),
    inNameOf,
  });
}

/** A person's invitation into the team of an organisation. */
export function teamInvitationMail(
  reader: InvitedReader,
  url: string,
  { person, organisation: inNameOf }: { readonly person: string; readonly organisation: Speaker },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { hasAccount } = reader;
  const names = { person, organisation: inNameOf.name };
  return composeSystemMail(reader, {
    language,
    subject: t('teamInvitation.subject', names),
    paragraphs: [t('teamInvitation.what', names), t(hasAccount ? 'invitation.knownAccount' : 'invitation.newAccount')],
    button: { label: t(hasAccount ? 'invitation.signIn' : 'teamInvitation.button'), url },
    closing: t('invitationClosing'),
    inNameOf,
  });
}

/** A vendor's suggestion to the owners of a partner: a further person of theirs. */
export function colleagueSuggestionMail(
  reader: MailReader,
  url: string,
  { vendor: inNameOf, partner, email }: { readonly vendor: Speaker; readonly partner: string; readonly email: string },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const names = { vendor: inNameOf.name, partner, email };
  return composeSystemMail(reader, {
    language,
    subject: t('colleagueSuggestion.subject', names),
    paragraphs: [t('colleagueSuggestion.what', names), t('colleagueSuggestion.next', names)],
    button: { label: t('colleagueSuggestion.button'), url },
    closing: t('colleagueSuggestion.closing', names),
    inNameOf,
  });
}

/** The link for the first owner of an organisation that an operator has founded. */
export function ownerInvitationMail(reader: InvitedReader, url: string, organisation: string): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { hasAccount } = reader;
  return composeSystemMail(reader, {
    language,
    subject: t('ownerInvitation.subject', { organisation }),
    paragraphs: [
      t('ownerInvitation.what', { organisation }),
      t(hasAccount ? 'invitation.knownAccount' : 'invitation.newAccount'),
    ],
    button: { label: t(hasAccount ? 'invitation.signIn' : 'teamInvitation.button'), url },
    closing: t('invitationClosing'),
  });
}

/** An e-mail that says nothing but that e-mails arrive. */
export function mailTestMail(reader: MailReader, url: string): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  return composeSystemMail(reader, {
    language,
    subject: t('mailTest.subject'),
    paragraphs: [t('mailTest.what')],
    button: { label: t('mailTest.button'), url },
    closing: t('mailTest.closing'),
  });
}

/** The link to a new password. */
export function passwordResetMail(reader: MailReader, url: string): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  return composeSystemMail(reader, {
    language,
    subject: t('passwordReset.subject'),
    paragraphs: [t('passwordReset.what')],
    button: { label: t('passwordReset.button'), url },
    closing: t('passwordReset.closing'),
  });
}

/** The link that proves a new address. */
export function emailChangeMail(reader: MailReader, url: string): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  return composeSystemMail(reader, {
    language,
    subject: t('emailChange.subject'),
    paragraphs: [t('emailChange.what')],
    button: { label: t('emailChange.button'), url },
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
export function securityChangeMail(reader: MailReader, url: string, change: SecurityChange): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  return composeSystemMail(reader, {
    language,
    subject: t('securityChange.subject'),
    paragraphs: [t(`securityChange.${change}`), t('securityChange.next')],
    button: { label: t('securityChange.button'), url },
    closing: t('securityChange.closing'),
  });
}

/**
 * Tells an owner that an endpoint was disabled.
 * @param screen where it is enabled again.
 */
export function webhookDisabledMail(
  reader: MailReader,
  screen: string,
  {
    organisation,
    url,
    reason,
  }: { readonly organisation: Speaker; readonly url: string; readonly reason: 'failed-for-days' | 'gone' },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  return composeSystemMail(reader, {
    language,
    subject: t('webhookDisabled.subject'),
    paragraphs: [t(`webhookDisabled.${reason}`, { url }), t('webhookDisabled.next')],
    button: { label: t('webhookDisabled.button'), url: screen },
    closing: t('webhookDisabled.closing'),
    inNameOf: organisation,
  });
}
