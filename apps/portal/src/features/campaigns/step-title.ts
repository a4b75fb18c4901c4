import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, SequenceStepView, WaitView } from '#contracts';
import { localised } from '../../shared/localised';

const MOST_LETTERS = 60;

/**
 * Titles of the steps of a version by key: the number in the sequence, and what
 * it does; an e-mail by its subject. Keys are only for authors.
 */
export function useStepTitle({
  sequence,
  tactics,
}: Pick<CampaignVersionDetail, 'sequence' | 'tactics'>): (stepKey: string) => string {
  const { t, i18n } = useTranslation();
  const nameOf = ({ kind, about, key }: SequenceStepView): string => {
    const words = (texts: Readonly<Record<string, string>> | undefined): string =>
      firstWords(localised(texts ?? {}, i18n.language)) || (about ?? key);
    if (kind === 'email') return words(tactics.emails.find((email) => email.key === about)?.subject);
    if (kind === 'post') return words(tactics.social.find((post) => post.key === about)?.text);
    return about ?? key;
  };
  return (stepKey) => {
    const at = sequence.steps.findIndex(({ key }) => key === stepKey);
    const step = sequence.steps[at];
    return step === undefined
      ? t('sequence.end')
      : t('sequence.numbered', { number: at + 1, title: titleOf(t, step, nameOf(step)) });
  };
}

/** The first line, shortened. */
export function firstWords(text: string): string {
  const [line = ''] = text.trim().split('\n');
  const letters = [...line];
  return letters.length <= MOST_LETTERS ? line : `${letters.slice(0, MOST_LETTERS).join('').trimEnd()}…`;
}

/** @param name of what the step sends, posts or calls. */
export function titleOf(
  t: TFunction,
  { kind, key, wait }: Pick<SequenceStepView, 'kind' | 'key' | 'wait'>,
  name: string,
): string {
  if (kind === 'wait') return wait === null ? key : t('sequence.wait', { time: timeOf(t, wait) });
  if (kind === 'until') return wait === null ? key : t('sequence.until', { time: timeOf(t, wait) });
  return t(`sequence.${kind}`, { about: name });
}

function timeOf(t: TFunction, wait: WaitView): string {
  if ('hours' in wait)
    return wait.hours % 24 === 0
      ? t('sequence.days', { count: wait.hours / 24 })
      : t('sequence.hours', { count: wait.hours });
  if ('businessDays' in wait) return t('sequence.businessDays', { count: wait.businessDays });
  if ('date' in wait) return t('sequence.untilDate', { date: wait.date, at: wait.at ?? '' }).trim();
  return t('sequence.untilTime', {
    at: wait.at,
    days: wait.weekdays.map((day) => t(`sequence.day.${day}`)).join(', '),
  });
}
