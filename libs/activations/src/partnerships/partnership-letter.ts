import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import { type EndNews, lastDayBefore } from '#organisations';
import de from './texts/partnerships/de.json' with { type: 'json' };
import en from './texts/partnerships/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** What happened between a vendor and a partner, for the side that did not do it. */
export interface PartnershipNews {
  readonly to: 'partner' | 'vendor';
  /** The organisation that did it. */
  readonly other: Speaker;
  readonly news: EndNews;
  readonly url: string;
  readonly now: Date;
}

/** Tells one side that the other ends the partnership, has ended it, or has taken that back. */
export function partnershipLetter(
  reader: MailReader,
  { to, other, news, url, now }: PartnershipNews,
): SystemMailMessage {
  const { t, language } = TEXTS.in(reader.locale);
  const side = to === 'partner' ? 'toPartner' : 'toVendor';
  const kind = kindOf(news, now);
  const dayOf = (end: Date): string =>
    new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(lastDayBefore(end)),
    );
  const names = { other: other.name, day: news.kind === 'end' ? dayOf(news.endsAt) : '' };
  const details =
    news.kind === 'end'
      ? [
          news.campaignsEndAt > now ? t('running', { campaignsDay: dayOf(news.campaignsEndAt) }) : t('stopped'),
          t('reason', { other: other.name, reason: news.reason }),
          t(`${side}.stays`),
        ]
      : [];
  const letter = {
    language,
    subject: kind === 'returnOffer' ? t('returnOffer.subject', names) : t(`${side}.${kind}.subject`, names),
    paragraphs: [kind === 'returnOffer' ? t('returnOffer.what', names) : t(`${side}.${kind}.what`, names), ...details],
    button: { label: t(`${side}.button`), url },
    closing: t(`${side}.closing`, names),
  };
  return composeSystemMail(reader, to === 'partner' ? { ...letter, inNameOf: other } : letter);
}

function kindOf(news: EndNews, now: Date): 'ended' | 'announced' | 'withdrawn' | 'returnOffer' {
  if (news.kind === 'end') return news.endsAt > now ? 'announced' : 'ended';
  return news.kind === 'withdrawal' ? 'withdrawn' : 'returnOffer';
}
