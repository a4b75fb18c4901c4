import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { INSIGHT_PERIODS } from '#contracts';
import type { Period } from './window';

interface PeriodPickerProps {
  /** Null: days chosen one by one. */
  readonly period: Period | null;
  readonly onPeriod: (period: Period) => void;
}

/** Periods up to today, by name. */
export function PeriodPicker({ period, onPeriod }: PeriodPickerProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('results.preset')}
      value={period ?? ''}
      onChange={({ currentTarget }) => {
        const next = INSIGHT_PERIODS.find((name) => name === currentTarget.value);
        if (next !== undefined) onPeriod(next);
      }}
      data={[
        ...INSIGHT_PERIODS.map((value) => ({ value, label: t(`results.periods.${value}`) })),
        ...(period === null ? [{ value: '', label: t('results.periods.own') }] : []),
      ]}
    />
  );
}
