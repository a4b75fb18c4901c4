import { NativeSelect, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PARTNER_CHANGES, partnerChangeOf, toPartnerChanges } from './rules';
import type { StepChange, WrittenStep } from './steps';
import { DatePickerInput } from '../../../shared/dates';

interface ActionRulesProps {
  readonly step: WrittenStep;
  readonly onChange: (change: StepChange) => void;
}

/**
 * Days on which an action is allowed, and what partners can change about it.
 */
export function ActionRules({ step: { valid = {}, partnerMay }, onChange }: ActionRulesProps) {
  const { t } = useTranslation();
  const day = (end: 'from' | 'to') => (
    <DatePickerInput
      label={t(`rules.valid.${end}`)}
      placeholder={t('rules.anyDay')}
      clearable
      clearButtonProps={{ 'aria-label': t('rules.clear') }}
      value={valid[end] ?? null}
      onChange={(date) => {
        const dates: Readonly<Record<string, string | null>> = { ...valid, [end]: date };
        const kept = Object.entries(dates).filter(([, day]) => day !== null);
        onChange({ valid: kept.length === 0 ? null : Object.fromEntries(kept) });
      }}
    />
  );
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        {day('from')}
        {day('to')}
      </SimpleGrid>
      <NativeSelect
        label={t('rules.partnerMay')}
        value={partnerChangeOf(partnerMay) ?? ''}
        data={[
          { value: '', label: t('rules.asSequence') },
          ...PARTNER_CHANGES.map((value) => ({ value, label: t(`rules.may.${value}`) })),
        ]}
        onChange={(event) => onChange({ partnerMay: toPartnerChanges(event.currentTarget.value) })}
      />
    </>
  );
}
