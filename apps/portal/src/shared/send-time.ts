import { useTranslation } from 'react-i18next';
import type { SendTimeView } from '#contracts';

/** A time of sending: `09:00–11:00 (Tue, Thu)`. */
export function useSendTimeText() {
  const { t } = useTranslation();
  return ({ from, to, weekdays }: SendTimeView): string =>
    weekdays.length === 0
      ? t('experiments.sendTime', { from, to })
      : t('experiments.sendTimeOn', { from, to, days: weekdays.map((day) => t(`sequence.day.${day}`)).join(', ') });
}
