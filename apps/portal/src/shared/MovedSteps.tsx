import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MovedDates, StepName } from '#contracts';
import { useFormat } from './format';
import { useStepNameByKey } from './step-name';

interface MovedStepsProps {
  readonly steps: MovedDates;
  readonly timeZone: string;
  /** Names of the steps. */
  readonly names: readonly StepName[];
}

/** Steps whose date would change, with old and new date. */
export function MovedSteps({ steps, timeZone, names }: MovedStepsProps) {
  const { t } = useTranslation();
  const stepName = useStepNameByKey(names);
  const format = useFormat();
  return (
    <>
      <List size="sm" spacing={2}>
        {steps.map(({ stepKey, before, after }) => (
          <List.Item key={stepKey}>
            {stepName(stepKey)}
            {': '}
            {t('closedDays.from', {
              before: format.weekday(before, timeZone),
              after: after === null ? t('closedDays.notAnyMore') : format.weekday(after, timeZone),
            })}
          </List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed">
        {t('closedDays.planned', { zone: timeZone })}
      </Text>
    </>
  );
}
