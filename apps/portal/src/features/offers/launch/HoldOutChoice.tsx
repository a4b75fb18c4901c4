import { Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LEADS_PERCENT } from '../../../shared/experiments';
import { useFormat } from '../../../shared/format';
import { PowerText } from '../../../shared/PowerText';
import { useCan } from '../../../shared/session';
import type { DateChoices } from '../choices/choices';

interface HoldOutChoiceProps {
  /** What the vendor asks for; 0: no hold-out. */
  readonly percent: number;
  /** On the lists that are chosen. */
  readonly people: number;
  readonly choices: DateChoices;
  readonly onChoices: (choices: DateChoices) => void;
}

/** The share of contacts that gets nothing, which the partner can refuse, and what it can show. */
export function HoldOutChoice({ percent, people, choices, onChoices }: HoldOutChoiceProps) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const isRefused = choices.withoutHoldOut === true;
  if (percent === 0) return null;
  return (
    <Stack gap={4}>
      <Switch
        label={t('experiments.holdOutSwitch', { percent: format.number(percent) })}
        description={t('experiments.holdOutWhy')}
        checked={!isRefused}
        disabled={!can('activations.launch')}
        onChange={({ currentTarget: { checked } }) => onChoices({ ...choices, withoutHoldOut: !checked })}
      />
      {!isRefused && (
        <PowerText size="xs" c="dimmed" planned={{ over: 'activation', people, percent, basePercent: LEADS_PERCENT }} />
      )}
    </Stack>
  );
}
