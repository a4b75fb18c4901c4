import { useTranslation } from 'react-i18next';
import type { ConditionView } from '#contracts';
import { useFormat } from './format';

/** Text of the action that reaches a goal. */
export function useGoalText(): (when: ConditionView) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (when) => {
    switch (when.on) {
      case 'click':
        return when.link === null ? t('goals.when.anyClick') : t('goals.when.click', { link: when.link });
      case 'form':
      case 'reply':
        return t(`goals.when.${when.on}`);
      case 'event':
        return t('goals.when.event', { name: when.name });
      case 'lead':
        return t('goals.when.lead', { states: when.states.map((state) => t(`status.${state}`)).join(', ') });
      case 'list':
        return t('goals.when.list', { list: when.list });
      case 'field':
        return t(when.isNot ? 'goals.when.fieldNot' : 'goals.when.field', {
          field: t(`personFile.field.${when.field as 'industry'}`),
          values: when.values.join(', '),
        });
      case 'date':
        return t('goals.when.date', { day: format.day(when.date) });
    }
  };
}
