import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MovedDates } from '#contracts';
import { useFormat } from './format';

interface MovedStepsProps {
  readonly steps: MovedDates;
  readonly timeZone: string;
  /** Left out where many campaigns are spoken of: steps go by what they do and their keys. */
  readonly nameOf?: (stepKey: string) => string;
}

/** Steps whose date would move: each with the day that it has and the day that it would get. */
export function MovedSteps({ steps, timeZone, nameOf }: MovedStepsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <List size="sm" spacing={2}>
        {steps.map(({ stepKey, kind, before, after }) => (
          <List.Item key={stepKey}>
            {nameOf?.(stepKey) ?? t(`dryRun.kind.${kind}`, { stepKey })}
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
