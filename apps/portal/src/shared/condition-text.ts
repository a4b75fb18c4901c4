import { useTranslation } from 'react-i18next';
import type { ConditionView } from '#contracts';
import { useFormat } from './format';

/**
 * Text of alternative conditions; null if there is none, so that all contacts
 * get the message.
 */
export function useConditionText(): (conditions: readonly ConditionView[]) => string | null {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const inWords = (when: ConditionView): string => {
    switch (when.on) {
      case 'click':
        return when.link === null ? t('onlyIf.anyClick') : t('onlyIf.click', { link: when.link });
      case 'form':
      case 'reply':
        return t(`onlyIf.${when.on}`);
      case 'event':
        return t('onlyIf.event', { name: when.name });
      case 'lead':
        return t('onlyIf.lead', { states: when.states.map((state) => t(`status.${state}`)).join(', ') });
      case 'list':
        return t('onlyIf.list', { list: when.list });
      case 'field':
        return t(when.isNot ? 'onlyIf.fieldNot' : 'onlyIf.field', {
          field: t(`personFile.field.${when.field as 'industry'}`),
          values: when.values.join(', '),
        });
      case 'date':
        return t('onlyIf.date', { day: format.day(when.date) });
    }
  };
  return (conditions) =>
    conditions.length === 0
      ? null
      : t('onlyIf.sentence', {
          conditions: new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(conditions.map(inWords)),
        });
}
