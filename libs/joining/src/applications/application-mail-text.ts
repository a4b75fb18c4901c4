import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/applications/de.json' with { type: 'json' };
import en from './texts/applications/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** The link that proves the address of an application. It repeats nothing that the sender of the form has typed. */
export function confirmApplicationMail(reader: MailReader, url: string, inNameOf: Speaker): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const names = { vendor: inNameOf.name };
  return composeSystemMail(reader, {
    language,
    subject: t('confirm.subject', names),
    paragraphs: [t('confirm.what', names)],
    button: { label: t('confirm.button'), url },
    closing: t('confirm.closing'),
    inNameOf,
  });
}

/** Tells an applicant that the vendor has decided against it. An acceptance is an invitation. */
export function refusedApplicationMail(
  reader: MailReader,
  {
    vendor: inNameOf,
    company,
    reason,
  }: { readonly vendor: Speaker; readonly company: string; readonly reason: string | null },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const names = { vendor: inNameOf.name, company };
  return composeSystemMail(reader, {
    language,
    subject: t('refused.subject', names),
    paragraphs: [t('refused.what', names), ...(reason === null ? [] : [reason])],
    button: null,
    closing: t('refused.closing', names),
    inNameOf,
  });
}

/** Tells an owner of a vendor that an application waits for a decision. */
export function newApplicationMail(
  reader: MailReader,
  url: string,
  names: { readonly vendor: string; readonly company: string },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  return composeSystemMail(reader, {
    language,
    subject: t('new.subject', names),
    paragraphs: [t('new.what', names)],
    button: { label: t('new.button'), url },
    closing: t('new.closing', names),
  });
}
