import { Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePoints, usePower } from '../../../shared/experiments';
import { useFormat } from '../../../shared/format';
import { useCan } from '../../../shared/session';
import type { DateChoices } from '../choices/choices';

/** Three of 100 contacts become leads in most campaigns. */
const BASE_PERCENT = 3;

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
  const { points } = usePoints();
  const isRefused = choices.withoutHoldOut === true;
  const power = usePower({ people: isRefused ? 0 : people, percent, basePercent: BASE_PERCENT });
  if (percent === 0) return null;
  const smallest = power.data?.smallest;
  return (
    <Stack gap={4}>
      <Switch
        label={t('experiments.holdOutSwitch', { percent: format.number(percent) })}
        description={t('experiments.holdOutWhy')}
        checked={!isRefused}
        disabled={!can('activations.launch')}
        onChange={({ currentTarget: { checked } }) => onChoices({ ...choices, withoutHoldOut: !checked })}
      />
      {!isRefused && smallest !== undefined && (
        <Text size="xs" c="dimmed" aria-live="polite">
          {smallest === null
            ? t('experiments.powerNone', { count: people, people: format.number(people) })
            : t('experiments.power', {
                count: people,
                people: format.number(people),
                points: points(smallest),
                base: format.share(BASE_PERCENT / 100),
              })}
        </Text>
      )}
    </Stack>
  );
}
