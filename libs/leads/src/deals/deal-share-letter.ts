import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { DealShareReader } from './deal-share.js';
import de from './texts/deal-share-mails/de.json' with { type: 'json' };
import en from './texts/deal-share-mails/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/**
 * Tells a person that a deal is shared with their organisation, or that a partner takes part in theirs.
 * @param url of the deal in the portal.
 */
export function dealShareLetter(
  reader: MailReader,
  url: string,
  as: DealShareReader,
  {
    vendor: inNameOf,
    ...names
  }: { readonly vendor: Speaker; /** The other one. */ readonly partner: string; readonly campaign: string },
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const facts = { ...names, vendor: inNameOf.name };
  return composeSystemMail(reader, {
    language,
    subject: t(`${as}.subject`, facts),
    paragraphs: [t(`${as}.text`, facts)],
    button: { label: t(as === 'owner' ? 'buttonOne' : 'buttonAll'), url },
    closing: t(`${as}.closing`, facts),
    inNameOf,
  });
}
