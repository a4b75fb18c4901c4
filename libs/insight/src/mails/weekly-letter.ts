import { type PartnerInsight, readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Texts, type Translation } from '#kernel';
import { type HeldItem, NOTIFICATION_TEXTS } from '#notifications';
import type { MailFact } from '#rendering';
import { titleIn } from '../partner-results.js';
import type { DayWindow } from '../window.js';
import { factsOf, type Formats, formatsIn, RESULT_TEXTS } from './result-letters.js';
import de from './texts/weekly-summary/de.json' with { type: 'json' };
import en from './texts/weekly-summary/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });
/** Campaigns and news that the e-mail names. What the portal does not list is always named. */
const NAMED = 10;

type Titles = Readonly<Record<string, string>>;

/** Something that waits for the reader. */
export type OpenItem =
  | { readonly kind: 'leads' | 'held' | 'shared-leads'; readonly count: number; readonly path: string }
  | {
      readonly kind: 'closing' | 'closingVendor';
      readonly titles: Titles;
      /** `2027-03-29`. */
      readonly closesOn: string;
      readonly path: string;
    }
  | {
      readonly kind: 'review' | 'returned' | 'confirm' | 'publish';
      readonly titles: Titles;
      readonly number: number;
      readonly path: string;
    };

/** What happened in the week, and what waits. */
export interface WeekFacts {
  /** Of a partner; null: nothing happened, or the reader wants none. */
  readonly results: PartnerInsight | null;
  /** Of a vendor: campaigns that partners launched. */
  readonly launches: readonly { readonly titles: Titles; readonly count: number }[];
  readonly open: readonly OpenItem[];
  /** What the reader wanted weekly, newest first. */
  readonly news: readonly HeldItem[];
}

/** Whether there is nothing to say, so that no e-mail is sent. */
export const isEmpty = ({ results, launches, open, news }: WeekFacts): boolean =>
  results === null && [launches, open, news].every((items) => items.length === 0);

/**
 * The weekly e-mail to a person.
 * @param publicUrl of the portal, without a slash at its end.
 */
export function summaryLetter(
  reader: MailReader,
  publicUrl: string,
  { organisation, week, facts }: { readonly organisation: string; readonly week: DayWindow; readonly facts: WeekFacts },
): SystemMailMessage {
  const texts = TEXTS.in(reader.locale);
  const { t, language } = texts;
  const formats = formatsIn(readerLocale(language, reader));
  const days = { from: formats.day(week.from), to: formats.day(week.to) };
  const { results } = facts;
  const path = results === null ? '/' : `/results?${new URLSearchParams({ from: week.from, to: week.to }).toString()}`;
  return composeSystemMail(reader, {
    language,
    subject: t('subject', { ...days, organisation }),
    paragraphs: [
      ...resultLines(texts, facts, { locale: reader.locale, days, formats }),
      ...(results === null && facts.launches.length === 0 ? [t('quiet')] : []),
    ],
    facts: [
      ...(results === null ? [] : factsOf(RESULT_TEXTS.in(reader.locale), results, formats)),
      ...openLines(texts, facts.open, { locale: reader.locale, formats, publicUrl }),
      ...newsLines(texts, facts.news, { locale: reader.locale, publicUrl }),
    ],
    button: { label: t(results === null ? 'buttonHome' : 'button'), url: `${publicUrl}${path}` },
    closing: t('closing'),
  });
}

interface In {
  readonly locale: string;
  readonly formats: Formats;
  readonly publicUrl: string;
}

function resultLines(
  { t }: Translation<typeof en>,
  { results, launches }: WeekFacts,
  { locale, days, formats }: Pick<In, 'locale' | 'formats'> & { readonly days: { from: string; to: string } },
): string[] {
  const campaigns = results?.campaigns.toSorted((one, other) => other.numbers.sent - one.numbers.sent) ?? [];
  const others = campaigns.length + launches.length - NAMED;
  return [
    ...(results === null ? [] : [t('results', days)]),
    ...campaigns.slice(0, NAMED).map(({ titles, numbers }) =>
      t('campaign', {
        title: titleIn(titles, locale),
        sent: formats.number(numbers.sent),
        clicks: formats.number(numbers.clicks),
        leads: formats.number(numbers.leads),
        won: formats.number(numbers.won),
      }),
    ),
    ...(launches.length === 0
      ? []
      : [t('launches', { ...days, count: launches.reduce((total, { count }) => total + count, 0) })]),
    ...launches.slice(0, NAMED).map(({ titles, count }) => t('launched', { title: titleIn(titles, locale), count })),
    ...(others > 0 ? [t('more', { count: others })] : []),
  ];
}

const openLines = (
  { t }: Translation<typeof en>,
  open: readonly OpenItem[],
  { locale, formats, publicUrl }: In,
): MailFact[] =>
  open.map((item) => {
    const title = 'titles' in item ? titleIn(item.titles, locale) : '';
    const value =
      'count' in item
        ? t(`items.${item.kind}`, { count: item.count })
        : 'number' in item
          ? t(`items.${item.kind}`, { title, number: item.number })
          : t(`items.${item.kind}`, { title, until: formats.day(item.closesOn) });
    return { label: t('open'), value, url: `${publicUrl}${item.path}` };
  });

function newsLines(
  { t }: Translation<typeof en>,
  news: readonly HeldItem[],
  { locale, publicUrl }: Pick<In, 'locale' | 'publicUrl'>,
): MailFact[] {
  const { t: line } = NOTIFICATION_TEXTS.in(locale);
  const named = news.filter(({ inApp }, index) => index < NAMED || !inApp);
  const others = news.length - named.length;
  return [
    ...named.map(({ event, byName, titles, number, path }) => ({
      label: t('news'),
      value: line(`events.${event}`, {
        by: byName ?? '',
        title: titles === null ? '' : titleIn(titles, locale),
        number: number ?? '',
      }),
      url: `${publicUrl}${path}`,
    })),
    ...(others === 0
      ? []
      : [{ label: t('news'), value: t('moreNews', { count: others }), url: `${publicUrl}/notifications` }]),
  ];
}
