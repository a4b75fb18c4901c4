import { readerLocale, type TierRequirement } from '#contracts';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/tiers/de.json' with { type: 'json' };
import en from './texts/tiers/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** What a partner is told of its tier. */
export interface TierNewsItem {
  readonly vendor: Speaker;
  readonly from: string;
  readonly to: string;
  /** The first day of the lower tier; null: the tier has changed. */
  readonly dropsOn: string | null;
  readonly requirements: readonly TierRequirement[];
}

/** Says that a tier drops on a day and what is missing, or that it has changed. */
export function tierLetter(
  reader: MailReader,
  url: string,
  { vendor, from, to, dropsOn, requirements }: TierNewsItem,
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const days = new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' });
  const kind = dropsOn === null ? 'changed' : 'drop';
  const day = dropsOn === null ? '' : days.format(new Date(dropsOn));
  const names = { vendor: vendor.name, from, to, day };
  const missing = requirements
    .filter(({ isMet }) => !isMet)
    .map(({ fact, attribute, since, measured, atLeast }) =>
      fact === null
        ? t('missing.condition', { attribute: attribute ?? '' })
        : t(`missing.${fact}`, {
            day: since === null ? '' : days.format(new Date(since)),
            measured: measured ?? 0,
            atLeast: atLeast ?? 0,
          }),
    );
  return composeSystemMail(reader, {
    language,
    subject: t(`${kind}.subject`, names),
    paragraphs:
      kind === 'drop' ? [t('drop.what', names), ...missing, t('drop.wayOut', names)] : [t('changed.what', names)],
    button: { label: t('button'), url },
    closing: t('closing', names),
    inNameOf: vendor,
  });
}
