import { Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail, DatesView } from '#contracts';
import { PlannedTimeline } from '../../shared/PlannedTimeline';
import { useStepNameByKey } from '../../shared/step-name';

interface ActivationCalendarProps extends Pick<ActivationDetail, 'names'> {
  readonly calendar: DatesView;
}

/** Shows a partner the dates of the steps, as chosen at launch. */
export function ActivationCalendar({ calendar, names }: ActivationCalendarProps) {
  const { t } = useTranslation();
  const { timeZone } = calendar;
  const stepName = useStepNameByKey(names);
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="calendar">
      <Stack>
        <Title order={2} size="h3" id="calendar">
          {t('review.calendar')}
        </Title>
        <PlannedTimeline calendar={calendar} stepName={({ stepKey }) => stepName(stepKey)} />
        <Text size="xs" c="dimmed">
          {t('review.calendarNote', { zone: timeZone })}
        </Text>
      </Stack>
    </Paper>
  );
}
