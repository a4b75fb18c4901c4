import { useTranslation } from 'react-i18next';
import type { GroupCondition, PartnerAttributeView } from '#contracts';
import { useFormat } from '../format';

/** A condition as one short text: `Industries: Healthcare, Banking`. */
export function useConditionText(
  attributes: readonly PartnerAttributeView[],
): (condition: GroupCondition, about?: Pick<PartnerAttributeView, 'name' | 'options'>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const limits = (from: string | null, to: string | null): string =>
    from === null
      ? t('groups.text.to', { to: to ?? '' })
      : to === null
        ? t('groups.text.from', { from })
        : t('groups.text.between', { from, to });
  const shown = <T>(limit: T | null, text: (limit: T) => string): string | null =>
    limit === null ? null : text(limit);
  return (condition, attribute = attributes.find(({ id }) => id === condition.attributeId)) => {
    const labelOf = (key: string): string => attribute?.options.find((option) => option.key === key)?.label ?? key;
    const valueText = (): string => {
      switch (condition.on) {
        case 'attribute':
          return condition.is.map(labelOf).join(', ');
        case 'attribute-number':
          return limits(shown(condition.from, format.number), shown(condition.to, format.number));
        case 'attribute-date':
          return limits(shown(condition.from, format.date), shown(condition.to, format.date));
        case 'certified':
          return condition.forDays === 0
            ? t('groups.text.certified')
            : t('groups.text.certifiedFor', { count: condition.forDays });
        default:
          return t(`groups.text.${condition.on}`);
      }
    };
    const said = { attribute: attribute?.name ?? '', value: valueText() };
    return t(condition.not ? 'groups.text.isNot' : 'groups.text.is', said);
  };
}
