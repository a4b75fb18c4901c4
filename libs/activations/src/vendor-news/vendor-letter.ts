import type { Localised } from '#content';
import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import de from './texts/vendor-news/de.json' with { type: 'json' };
import en from './texts/vendor-news/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** What a vendor's team is told of its programme. */
export type VendorEvent =
  | { readonly event: 'first-launch'; readonly titles: Localised; readonly partner: string }
  | {
      readonly event: 'campaign-expiring';
      readonly titles: Localised;
      /** `2027-03-29`: the last day. */
      readonly closesOn: string;
    }
  | { readonly event: 'campaign-ended' | 'review-due'; readonly titles: Localised }
  | { readonly event: 'partners-idle'; readonly count: number };

/** @param url where the vendor sees it. */
export function vendorLetter(
  reader: MailReader,
  url: string,
  { vendor, news }: { readonly vendor: Speaker; readonly news: VendorEvent },
): SystemMailMessage {
  const { locale } = reader;
  const { t, language } = TEXTS.in(locale);
  const day = new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' });
  const title =
    'titles' in news
      ? (news.titles[locale] ?? news.titles[locale.slice(0, 2)] ?? Object.values(news.titles)[0] ?? '')
      : '';
  const values = {
    title,
    partner: news.event === 'first-launch' ? news.partner : '',
    day: news.event === 'campaign-expiring' ? day.format(new Date(news.closesOn)) : '',
    count: news.event === 'partners-idle' ? news.count : 0,
  };
  return composeSystemMail(reader, {
    language,
    subject: t(`subject.${news.event}`, values),
    paragraphs: [t(`what.${news.event}`, values), t(`next.${news.event}`)],
    button: { label: t(`button.${news.event}`), url },
    closing: t('closing'),
    inNameOf: vendor,
  });
}
