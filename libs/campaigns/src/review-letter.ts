import { readerLocale } from '#contracts';
import { composeSystemMail, type MailReader, type Speaker, type SystemMailMessage } from '#identity';
import { Texts } from '#kernel';
import type { CampaignVersion } from './campaign-version.js';
import de from './texts/review-mails/de.json' with { type: 'json' };
import en from './texts/review-mails/en.json' with { type: 'json' };

const TEXTS = new Texts(en, { de });

/** What happened to a version. */
export type ReviewEvent = 'submitted' | 'withdrawn' | 'returned' | 'commented' | 'approved' | 'published';

interface ReviewFacts {
  readonly vendor: Speaker;
  readonly event: ReviewEvent;
  readonly version: Pick<CampaignVersion, 'title' | 'number' | 'opensOn' | 'closesOn' | 'reviewDueOn'>;
  /** The person or API key that did it. */
  readonly person: string;
  /** What has to change; null where nothing was said. */
  readonly comment: string | null;
}

const CLOSINGS = {
  submitted: 'closing.approver',
  withdrawn: 'closing.approver',
  returned: 'closing.author',
  commented: 'closing.talk',
  approved: 'closing.author',
  published: 'closing.author',
} as const satisfies Record<ReviewEvent, string>;

/**
 * Tells an approver of a submission, or the author of a decision.
 * @param url of the version.
 */
export function reviewLetter(
  reader: MailReader,
  url: string,
  { vendor, event, version, person, comment }: ReviewFacts,
): SystemMailMessage {
  const { locale } = reader;
  const { t, language } = TEXTS.in(locale);
  const { title, number, opensOn, closesOn, reviewDueOn } = version;
  const called = title[locale] ?? title[locale.slice(0, 2)] ?? Object.values(title)[0] ?? '';
  const facts = { title: called, number, person };
  const format = new Intl.DateTimeFormat(readerLocale(language, reader), { dateStyle: 'long', timeZone: 'UTC' });
  const day = (date: string | null): string => (date === null ? '' : format.format(new Date(date)));
  return composeSystemMail(reader, {
    language,
    subject: t(`${event}.subject`, facts),
    paragraphs: [
      t(`${event}.what`, facts),
      ...(comment === null ? [] : [comment]),
      ...(event === 'submitted' && reviewDueOn !== null ? [t('submitted.due', { day: day(reviewDueOn) })] : []),
      event === 'published' ? t('published.next', { from: day(opensOn), until: day(closesOn) }) : t(`${event}.next`),
    ],
    button: { label: t(`${event}.button`), url },
    closing: t(CLOSINGS[event]),
    inNameOf: vendor,
  });
}
