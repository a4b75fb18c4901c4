import { useTranslation } from 'react-i18next';
import type { SegmentCondition, SegmentRule } from '#contracts';
import { useFormat } from '../../../shared/format';
import { kindOf } from './condition';

/** The rule of a segment as one sentence. */
export function useRuleText(titleOf: (campaignId: string) => string): (rule: SegmentRule) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const conditionText = (condition: SegmentCondition): string => {
    const said = t(`segments.text.${kindOf(condition)}`, {
      field: 'field' in condition ? t(`contact.field.${condition.field}`) : '',
      values: valuesOf(condition),
      days: daysOf(condition),
      campaign: campaignOf(condition),
    });
    return condition.not ? t('segments.text.not', { condition: said }) : said;
  };
  const daysOf = (condition: SegmentCondition): string =>
    'withinDays' in condition && condition.withinDays !== null
      ? t('segments.text.days', { count: condition.withinDays, number: format.number(condition.withinDays) })
      : '';
  const campaignOf = (condition: SegmentCondition): string =>
    'campaignId' in condition && condition.campaignId !== null
      ? t('segments.text.campaign', { campaign: titleOf(condition.campaignId) })
      : '';
  const valuesOf = (condition: SegmentCondition): string => {
    if (condition.on === 'field') return condition.is.join(', ');
    if (condition.on === 'field-contains') return condition.text;
    if (condition.on === 'consent') return condition.states.map((state) => t(`contacts.consent.${state}`)).join(', ');
    return condition.on === 'lead' ? condition.states.map((state) => t(`status.${state}`)).join(', ') : '';
  };
  return ({ match, conditions }) => conditions.map(conditionText).join(t(`segments.text.${match}`));
}
