import type { NotificationDelivery, NotificationKind, ReaderPlace } from '#contracts';
import { type OrganisationId, Texts } from '#kernel';
import { type MailBrand, type MailFact, type MailLook, renderMailTemplate } from '#rendering';
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
 * and mails* in CONTRIBUTING.md. `mailReaders` finds the readers.
 * @param letter `inNameOf`: an organisation that speaks in the mail, such as
 *   the vendor that recalls a campaign. Its name is in From ("Northwind via
 *   Throughline"), its logo or name is above the mail, and the mail has its
 *   colours; `SystemMail.post` finds them. Absent: the product speaks.
 */
export function composeSystemMail(
  { email, name, locale, teamOf }: MailReader,
  letter: MailLetter & { readonly inNameOf?: Speaker },
): SystemMailMessage {
  const { t } = TEXTS.in(letter.language, locale);
  const { inNameOf } = letter;
  const look = {
    greeting: name === null || name.trim() === '' ? t('greeting') : t('greetingByName', { name }),
    brand: { name: inNameOf?.name ?? t('product'), colours: PRODUCT_COLOURS, logo: null },
    senderName: inNameOf === undefined ? null : senderNameOf(inNameOf.name, locale),
  };
  const mail = { ...composeMail(email, letter, look), ...(teamOf !== undefined && { teamOf }) };
  if (inNameOf === undefined) return mail;
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
  { language, subject, heading, paragraphs, facts = [], button, closing }: MailLetter,
  look: { readonly greeting: string | null; readonly brand: MailBrand; readonly senderName: string | null },
): SystemMailMessage {
  const { greeting, brand, senderName } = look;
  // Names come from users: a line break would start another header.
  const oneLine = subject.replace(/[\r\n]+/g, ' ');
  const parts = [
    ...(heading === undefined ? [] : [heading]),
    ...(greeting === null ? [] : [greeting]),
    ...paragraphs,
    ...(facts.length === 0 ? [] : [facts.map(({ label, value }) => `${label}: ${value}`).join('\n')]),
    ...(button === null ? [] : [`${button.label}:\n${button.url}`]),
    closing,
    `-- \n${brand.name}`,
  ];
  return {
    to,
    senderName,
    subject: oneLine,
    text: `${parts.join('\n\n')}\n`,
    html: renderMailTemplate({
      language,
      heading: heading ?? oneLine,
      greeting,
      paragraphs,
      facts,
      button,
      closing,
      brand,
    }),
  };
}

/** What a user has chosen; kinds without a choice are absent. */
export type NotificationChoices = Readonly<Partial<Record<NotificationKind, NotificationDelivery>>>;

type TeamReader = MailReader & { readonly role: string; readonly notifications: NotificationChoices };

/**
 * Who reads mail to an organisation, by default and by their own choice.
 * @param team its users.
 * @param kind what the mail is about.
 * @param address of the brand profile; null if it has none, and for owners.
 * @returns the address, with name and language if a user has it, else with the
 *   language and region of the first owner. Without an address: all owners. Never a user
 *   who turned the kind off, and always users who turned it on.
 */
export function mailReaders(
  team: readonly TeamReader[],
  kind: NotificationKind,
  address: string | null = null,
): readonly MailReader[] {
  const owners = team.filter(({ role }) => role === 'owner');
  const isAddress = ({ email }: MailReader): boolean => email.toLowerCase() === address?.toLowerCase();
  const isDefault = (one: TeamReader): boolean => (address === null ? one.role === 'owner' : isAddress(one));
  const users = team.filter((one) => (one.notifications[kind] ?? (isDefault(one) ? 'at-once' : 'none')) === 'at-once');
  if (address === null || team.some(isAddress)) return users;
  const [{ locale, region, countryCode } = { locale: 'en' } as const] = owners;
  return [{ email: address, name: null, locale, region, countryCode }, ...users];
}
