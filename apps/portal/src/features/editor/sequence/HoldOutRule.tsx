import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../../shared/NumberField';
import { PowerCalculator } from './PowerCalculator';
import type { RulesProps } from './SequenceRules';

const MAX_PERCENT = 20;

/** The share of contacts that gets nothing, and a calculator of what it can show. */
export function HoldOutRule({ rules: { holdOut }, onWrite }: RulesProps) {
  const { t } = useTranslation();
  const percent = holdOut?.percent ?? 0;
  return (
    <Stack gap="md">
      <NumberField
        label={t('experiments.share')}
        description={t('experiments.shareWhy')}
        maw={360}
        min={0}
        max={MAX_PERCENT}
        unit="%"
        value={percent}
        onChange={(value) => onWrite('holdOut', value === '' || value === 0 ? null : { percent: value })}
      />
      {percent > 0 && <PowerCalculator of="leads" percent={percent} />}
    </Stack>
  );
}
