import type { ReaderPlace } from '#contracts';
import { type OrganisationId, Texts } from '#kernel';
import {
  type MailBrand,
  type MailFact,
  type MailLook,
  type MailPicture,
  type MailSettings,
  renderMailTemplate,
} from '#rendering';
import type { SystemMailMessage } from './system-mail.service.js';
import de from './texts/mail-frame/de.json' with { type: 'json' };
import en from './texts/mail-frame/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** The portal's teal; its contrast to white is 5.4 : 1. */
const PRODUCT_COLOURS = { primary: '#0f766e', onPrimary: '#ffffff', link: '#0f766e' } as const;

/** The content id of the logo in a mail (RFC 2392). */
export const LOGO_ID = 'brand-logo@throughline';

/** An organisation that speaks in a mail. */
export interface Speaker {
  readonly id: OrganisationId;
  readonly name: string;
}

/** A user, or a mailbox without an account. */
export interface MailReader extends ReaderPlace {
  readonly email: string;
  /** Null for a mailbox without an account, such as sales@. */
  readonly name: string | null;
  /** Whose team the reader belongs to; absent for a mailbox, and for mails about the person's own account. */
  readonly teamOf?: OrganisationId;
  /** BCP 47. */
  readonly locale: string;
  /** Why the reader gets this kind of mail, and where it stops; absent: it cannot be turned off. */
  readonly settings?: MailSettings;
}

/** All values are plain text. */
interface MailLetter {
  /** The language in which the texts are, BCP 47. */
  readonly language: string;
  readonly subject: string;
  /** Absent: the subject. */
  readonly heading?: string;
  /** At least one. */
  readonly paragraphs: readonly string[];
  /** Lines below the paragraphs, such as a telephone number to call. */
  readonly facts?: readonly MailFact[];
  /** Above the button; mail programs fetch it. */
  readonly picture?: MailPicture | null;
  readonly button: { readonly label: string; readonly url: string } | null;
  /** Small print: why the reader gets the mail, or how long a link is valid. */
  readonly closing: string;
}

/**
 * A mail to a user of the product: greeting, heading, paragraphs, one button,
 * and the same as plain text. Put it in the outbox with `SystemMail.post`.
 *
 *   const { t, language } = TEXTS.in(reader.locale);
 *   await this.mail.post(
 *     composeSystemMail(reader, {
 *       language,
 *       subject: t('subject', { campaign }),
 *       paragraphs: [t('what', { campaign }), t('next')],
 *       button: { label: t('button'), url: `${PUBLIC_URL}/leads/${id}` },
 *       closing: t('closing'),
 *       inNameOf: vendor,
 *     }),
 *   );
 *
 * Texts are JSON files per language beside the code: see *A language of pages
 * and mails* in CONTRIBUTING.md. `Notifier` (libs/notifications) finds the readers.
 * @param letter `inNameOf`: an organisation that speaks in the mail, such as
 *   the vendor that recalls a campaign. Its name is in From ("Northwind via
 *   Throughline"), its logo or name is above the mail, and the mail has its
 *   colours; `SystemMail.post` finds them. Absent: the product speaks.
 *   `inLookOf`: the mail has this look instead, such as the reader's own brand.
 */
export function composeSystemMail(
  { email, name, locale, settings, teamOf }: MailReader,
  letter: MailLetter & { readonly inNameOf?: Speaker; readonly inLookOf?: MailBrand | null },
): SystemMailMessage {
  const { t } = TEXTS.in(letter.language, locale);
  const { inNameOf, inLookOf = null } = letter;
  const look = {
    greeting: name === null || name.trim() === '' ? t('greeting') : t('greetingByName', { name }),
    brand: inLookOf ?? { name: inNameOf?.name ?? t('product'), colours: PRODUCT_COLOURS, logo: null },
    senderName: inNameOf === undefined ? null : senderNameOf(inNameOf.name, locale),
    settings: settings ?? null,
  };
  const mail = { ...composeMail(email, letter, look), ...(teamOf !== undefined && { teamOf }) };
  if (inNameOf === undefined || inLookOf !== null) return mail;
  const htmlIn = (brand: MailLook): string =>
    composeMail(email, letter, { ...look, brand: inLook(inNameOf.name, brand, `cid:${LOGO_ID}`) }).html;
  return { ...mail, branding: { organisationId: inNameOf.id, htmlIn } };
}

/** @param url of the logo. */
const inLook = (name: string, { colours, logo }: MailLook, url: string): MailBrand => ({
  name,
  colours,
  logo: logo === null ? null : { url, width: logo.width, height: logo.height, border: logo.border },
});

/** The name in From of a mail of the product for an organisation. */
export const senderNameOf = (organisation: string, locale: string): string =>
  TEXTS.in(locale).t('sender', { organisation });

/**
 * A mail in any look, such as a partner's to its contact.
 * @param look `senderName`: name in From; null is that of the installation.
 */
export function composeMail(
  to: string,
  { language, subject, heading, paragraphs, facts = [], picture = null, button, closing }: MailLetter,
  look: {
    readonly greeting: string | null;
    readonly brand: MailBrand;
    readonly senderName: string | null;
    readonly settings?: MailSettings | null;
  },
): SystemMailMessage {
  const { greeting, brand, senderName, settings = null } = look;
  // Names come from users: a line break would start another header.
  const oneLine = subject.replace(/[\r\n]+/g, ' ');
  const parts = [
    ...(heading === undefined ? [] : [heading]),
    ...(greeting === null ? [] : [greeting]),
    ...paragraphs,
    ...(facts.length === 0 ? [] : [facts.map(({ label, value }) => `${label}: ${value}`).join('\n')]),
    ...(button === null ? [] : [`${button.label}:\n${button.url}`]),
    closing,
    ...(settings === null ? [] : [`${settings.why} ${settings.label}:\n${settings.url}`]),
    `-- \n${brand.name}`,
  ];
  return {
    to,
    senderName,
    subject: oneLine,
    unsubscribeUrl: settings?.url ?? null,
    text: `${parts.join('\n\n')}\n`,
    html: renderMailTemplate({
      language,
      heading: heading ?? oneLine,
      greeting,
      paragraphs,
      facts,
      picture,
      button,
      closing,
      settings,
      brand,
    }),
  };
}
