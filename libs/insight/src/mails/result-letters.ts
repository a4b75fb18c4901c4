import { type PartnerInsight, readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Texts, type Translation } from '#kernel';
import { type Results, titleIn } from '../partner-results.js';
import de from './texts/result-mails/de.json' with { type: 'json' };
import en from './texts/result-mails/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });
/** Campaigns that the weekly mail names. */
const NAMED = 10;

/** An activation whose contacts have all finished. */
export interface FinishedCampaign extends Results {
  /** By language, BCP 47. */
  readonly titles: Readonly<Record<string, string>>;
  /** Name of the contact list. */
  readonly list: string;
}

/** Tells a partner what an activation brought. */
export function finishedLetter(reader: MailReader, url: string, finished: FinishedCampaign): SystemMailMessage {
  const texts = TEXTS.in(reader.locale);
  const { t, language } = texts;
  const values = { title: titleIn(finished.titles, reader.locale), list: finished.list };
  return composeSystemMail(reader, {
    language,
    subject: t('finished.subject', values),
    paragraphs: [t('finished.what', values), t('finished.next')],
    facts: factsOf(texts, finished, formatsIn(readerLocale(language, reader))),
    button: { label: t('finished.button'), url },
    closing: t('finished.closing'),
  });
}

/**
 * Tells a partner what its campaigns brought in a week.
 * @param week with at least one campaign.
 */
export function weeklyLetter(reader: MailReader, url: string, week: PartnerInsight): SystemMailMessage {
  const texts = TEXTS.in(reader.locale);
  const { t, language } = texts;
  const formats = formatsIn(readerLocale(language, reader));
  const values = { from: formats.day(week.from), to: formats.day(week.to) };
  const campaigns = week.campaigns.toSorted((one, other) => other.numbers.sent - one.numbers.sent);
  const others = campaigns.length - NAMED;
  return composeSystemMail(reader, {
    language,
    subject: t('weekly.subject', values),
    paragraphs: [
      t('weekly.what', values),
      ...campaigns.slice(0, NAMED).map(({ titles, numbers }) =>
        t('weekly.campaign', {
          title: titleIn(titles, reader.locale),
          sent: formats.number(numbers.sent),
          clicks: formats.number(numbers.clicks),
          leads: formats.number(numbers.leads),
          won: formats.number(numbers.won),
        }),
      ),
      ...(others > 0 ? [t('weekly.more', { count: others })] : []),
    ],
    facts: factsOf(texts, week, formats),
    button: { label: t('weekly.button'), url },
    closing: t('weekly.closing'),
  });
}

const SHOWN = ['sent', 'delivered', 'clicks', 'clicked', 'replies', 'unsubscribed', 'leads', 'won'] as const;

function factsOf({ t }: Translation<typeof en>, { numbers, clicked, amounts }: Results, formats: Formats) {
  const counts = { ...numbers, clicked };
  return [
    ...SHOWN.map((name) => ({ label: t(`facts.${name}`), value: formats.number(counts[name]), url: null })),
    ...(amounts.length === 0
      ? []
      : [{ label: t('facts.amounts'), value: amounts.map(formats.money).join(', '), url: null }]),
  ];
}

type Formats = ReturnType<typeof formatsIn>;

function formatsIn(region: string) {
  const days = new Intl.DateTimeFormat(region, { dateStyle: 'long', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(region);
  return {
    day: (on: string): string => days.format(new Date(`${on}T00:00:00Z`)),
    number: (count: number): string => numbers.format(count),
    money: ({ minorUnits, currency }: Results['amounts'][number]): string => {
      const money = new Intl.NumberFormat(region, { style: 'currency', currency });
      return money.format(minorUnits / 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2));
    },
  };
}
