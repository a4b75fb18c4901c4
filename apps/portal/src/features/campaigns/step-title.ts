import type { TFunction } from 'i18next';
import type { SequenceStepView, WaitView } from '#contracts';

/** Action of a step, in one line. */
export function stepTitle(t: TFunction, { kind, key, about, wait }: SequenceStepView): string {
  if (kind === 'wait') return wait === null ? key : t('sequence.wait', { time: timeOf(t, wait) });
  if (kind === 'until') return wait === null ? key : t('sequence.until', { time: timeOf(t, wait) });
  return t(`sequence.${kind}`, { about: about ?? key });
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
