import { useTranslation } from 'react-i18next';
import type { TierRequirement } from '#contracts';
import { useFormat } from '../format';
import { useConditionText } from '../partner-attributes/rule-text';

/** One requirement as a text: `Campaigns launched since 1 July 2026: 1 of 3`. */
export function useRequirementText(): (requirement: TierRequirement) => string {
  const { t } = useTranslation();
  const format = useFormat();
  // The API has put the name beside the condition: a partner has no list of attributes.
  const conditionText = useConditionText([]);
  return ({ fact, measured, atLeast, since, attribute, condition }) => {
    if (condition !== null) return conditionText(condition, { name: attribute ?? '', options: [] });
    if (fact === null) return '';
    return t('tiers.measured', {
      fact: t(`tiers.facts.${fact}`),
      day: since === null ? '' : format.date(since),
      measured: format.number(measured ?? 0),
      atLeast: format.number(atLeast ?? 0),
    });
  };
}
