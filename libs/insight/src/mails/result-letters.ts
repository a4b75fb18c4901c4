import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type SystemMailMessage } from '#identity';
import { Texts, type Translation } from '#kernel';
import { type Results, titleIn } from '../partner-results.js';
import de from './texts/result-mails/de.json' with { type: 'json' };
import en from './texts/result-mails/en.json' with { type: 'json' };

export const RESULT_TEXTS = new Texts(en, { de });

/** An activation whose contacts have all finished. */
export interface FinishedCampaign extends Results {
  /** By language, BCP 47. */
  readonly titles: Readonly<Record<string, string>>;
  /** Name of the contact list. */
  readonly list: string;
}

/** Tells a partner what an activation brought. */
export function finishedLetter(reader: MailReader, url: string, finished: FinishedCampaign): SystemMailMessage {
  const texts = RESULT_TEXTS.in(reader.locale);
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

const SHOWN = ['sent', 'delivered', 'clicks', 'clicked', 'replies', 'unsubscribed', 'leads', 'won'] as const;

/** Numbers of results as lines of an e-mail. */
export function factsOf({ t }: Translation<typeof en>, { numbers, clicked, amounts }: Results, formats: Formats) {
  const counts = { ...numbers, clicked };
  return [
    ...SHOWN.map((name) => ({ label: t(`facts.${name}`), value: formats.number(counts[name]), url: null })),
    ...(amounts.length === 0
      ? []
      : [{ label: t('facts.amounts'), value: amounts.map(formats.money).join(', '), url: null }]),
  ];
}

export type Formats = ReturnType<typeof formatsIn>;

/** Days, numbers and money as a reader writes them. @param region as `readerLocale`. */
export function formatsIn(region: string) {
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
