import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DatesView } from '#contracts';
import { type DateChoices, withShift, withSkip } from './choices';
import { NumberField } from '../../../shared/NumberField';

const MAX_DAYS = 90;

interface StepChoicesProps {
  readonly step: DatesView['steps'][number];
  readonly name: string;
  readonly choices: DateChoices;
  readonly onChoices: (choices: DateChoices) => void;
}

/**
 * What a partner can change about a step.
 * The rest is shown as locked by the vendor.
 */
export function StepChoices({ step: { stepKey, partnerMay }, name, choices, onChoices }: StepChoicesProps) {
  const { t } = useTranslation();
  const mayShift = partnerMay.includes('shift');
  const maySkip = partnerMay.includes('skip');
  const isLeftOut = choices.skip.includes(stepKey);
  return (
    <Stack gap="xs" mt="xs">
      {mayShift && !isLeftOut && (
        <NumberField
          label={t('choices.later')}
          aria-label={t('choices.laterOf', { step: name })}
          size="xs"
          maw={140}
          min={0}
          max={MAX_DAYS}
          value={choices.shiftDays[stepKey] ?? 0}
          onChange={(days) => onChoices(withShift(choices, stepKey, typeof days === 'number' ? days : 0))}
        />
      )}
      {maySkip && (
        <Checkbox
          size="xs"
          label={t('choices.skip')}
          aria-label={t('choices.skipOf', { step: name })}
          checked={isLeftOut}
          onChange={(event) => onChoices(withSkip(choices, stepKey, event.currentTarget.checked))}
        />
      )}
      {(!mayShift || !maySkip) && (
        <Group gap={6} wrap="nowrap" align="flex-start">
          <IconLock size={14} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
          <Text size="xs" c="dimmed">
            {t(mayShift ? 'choices.lockedSkip' : maySkip ? 'choices.lockedShift' : 'choices.locked')}
          </Text>
        </Group>
      )}
    </Stack>
  );
}
