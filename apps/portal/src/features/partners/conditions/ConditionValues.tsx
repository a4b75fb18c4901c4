import { MultiSelect, SimpleGrid, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GroupCondition, PartnerAttributeView } from '#contracts';
import { DatePickerInput } from '../../../shared/dates';
import { NumberField } from '../../../shared/NumberField';

interface ConditionValuesProps {
  readonly attribute: PartnerAttributeView;
  readonly condition: GroupCondition;
  readonly onChange: (condition: GroupCondition) => void;
}

/** What a condition compares with; nothing for a question of yes or no. */
export function ConditionValues({ attribute, condition, onChange }: ConditionValuesProps) {
  const { t } = useTranslation();
  switch (condition.on) {
    case 'attribute':
      return attribute.options.length > 0 ? (
        <MultiSelect
          label={t('groups.oneOf')}
          data={attribute.options.map(({ key, label }) => ({ value: key, label }))}
          value={condition.is}
          onChange={(is) => onChange({ ...condition, is })}
        />
      ) : (
        <TagsInput
          label={t('groups.oneOf')}
          maxTags={100}
          maxLength={200}
          acceptValueOnBlur
          value={condition.is}
          onChange={(is) => onChange({ ...condition, is })}
        />
      );
    case 'attribute-number':
      return (
        <SimpleGrid cols={2}>
          {(['from', 'to'] as const).map((limit) => (
            <NumberField
              key={limit}
              label={t(`groups.${limit}`)}
              decimals={4}
              value={condition[limit]}
              onChange={(number) => onChange({ ...condition, [limit]: number === '' ? null : number })}
            />
          ))}
        </SimpleGrid>
      );
    case 'attribute-date':
      return (
        <SimpleGrid cols={2}>
          {(['from', 'to'] as const).map((limit) => (
            <DatePickerInput
              key={limit}
              label={t(`groups.${limit}`)}
              clearable
              clearButtonProps={{ 'aria-label': t('attributes.clearDay', { name: t(`groups.${limit}`) }) }}
              value={condition[limit]}
              onChange={(day) => onChange({ ...condition, [limit]: day })}
            />
          ))}
        </SimpleGrid>
      );
    case 'certified':
      return (
        <NumberField
          label={t('groups.forDays')}
          description={t('groups.forDaysHow')}
          min={0}
          max={1825}
          value={condition.forDays}
          onChange={(days) => onChange({ ...condition, forDays: days === '' ? 0 : days })}
        />
      );
    default:
      return null;
  }
}
