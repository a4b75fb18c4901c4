import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/vendor-control/de.json' with { type: 'json' };
import en from './texts/vendor-control/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** What a vendor did with one activation of a partner. */
export interface VendorAct {
  readonly kind: 'held' | 'released' | 'stopped';
  readonly vendor: Speaker;
  /** Of the campaign, in the reader's language. */
  readonly title: string;
  /** Null for a release. */
  readonly reason: string | null;
  readonly url: string;
}

/** Tells a partner that the vendor holds, releases or stops one of its activations. */
export function vendorControlLetter(
  reader: MailReader,
  { kind, vendor: inNameOf, title, reason, url }: VendorAct,
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const { name: vendor } = inNameOf;
  return composeSystemMail(reader, {
    language,
    subject: t(`${kind}.subject`, { vendor, title }),
    paragraphs: [t(`${kind}.what`, { vendor, title }), ...(reason === null ? [] : [t('reason', { vendor, reason })])],
    button: { label: t('button'), url },
    closing: t('closing'),
    inNameOf,
  });
}
