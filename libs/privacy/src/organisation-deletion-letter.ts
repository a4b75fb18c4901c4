import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/deletion/de.json' with { type: 'json' };
import en from './texts/deletion/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** What happened to an organisation, for its owners. */
export interface DeletionNews {
  readonly kind: 'requested' | 'withdrawn' | 'done';
  readonly organisation: string;
  /** Who asked, or withdrew it. */
  readonly person: string;
  /** The last day on which it can be withdrawn: `2026-11-21`. */
  readonly lastDay: string;
  readonly url: string;
}

/** Tells an owner that the organisation is to be deleted, is not any more, or was. */
export function deletionLetter(
  reader: MailReader & { readonly region?: string | null; readonly countryCode?: string | null },
  { kind, organisation, person, lastDay, url }: DeletionNews,
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const day = new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(lastDay),
  );
  const facts = { organisation, person, day };
  return composeSystemMail(reader, {
    language,
    subject: t(`${kind}.subject`, facts),
    paragraphs: [t(`${kind}.what`, facts), ...(kind === 'withdrawn' ? [] : [t(`${kind}.next`, facts)])],
    button: kind === 'done' ? null : { label: t('button'), url },
    closing: t('closing', facts),
  });
}
