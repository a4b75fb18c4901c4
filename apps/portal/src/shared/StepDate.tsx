import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DatesView } from '#contracts';
import { useFormat } from './format';
import { useMissingDateText } from './missing-date-text';
import { TestTimes } from './TestTimes';

interface StepDateProps {
  readonly step: DatesView['steps'][number];
  readonly timeZone: string;
  /** Days by which the partner delayed the step. */
  readonly shiftDays: number;
}

/** Date of a step with its original date, or why it has none. */
export function StepDate({ step: { at, plannedAt, why, testTimes }, timeZone, shiftDays }: StepDateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const missingDateText = useMissingDateText();
  const dated = (iso: string): string => `${format.weekday(iso, timeZone)}, ${format.time(iso, timeZone)}`;
  const isMoved = at !== null && plannedAt !== null && at !== plannedAt;
  return (
    <>
      <Text size="sm" c="dimmed">
        {at === null ? missingDateText(why) : dated(at)}
      </Text>
      {isMoved && (
        <Text size="xs" c="dimmed">
          {t('choices.instead', { at: dated(plannedAt) })}
        </Text>
      )}
      <TestTimes times={testTimes} />
      {testTimes.length > 0 && at !== null && (
        <Text size="xs" c="dimmed">
          {t('experiments.timesDated')}
        </Text>
      )}
      {shiftDays > 0 && <Text size="xs">{t('choices.shifted', { count: shiftDays })}</Text>}
    </>
  );
}
