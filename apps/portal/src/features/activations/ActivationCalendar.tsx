import { Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DatesView } from '#contracts';
import { PlannedTimeline } from '../../shared/PlannedTimeline';

/** What comes when, as the partner chose it at launch. */
export function ActivationCalendar({ calendar }: { readonly calendar: DatesView }) {
  const { t } = useTranslation();
  const { steps, timeZone } = calendar;
  const emails = steps.filter(({ kind }) => kind === 'email').map(({ stepKey }) => stepKey);
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="calendar">
      <Stack>
        <Title order={2} size="h3" id="calendar">
          {t('review.calendar')}
        </Title>
        <PlannedTimeline
          calendar={calendar}
          nameOf={({ kind, stepKey }) =>
            kind === 'email'
              ? t('review.step', { number: emails.indexOf(stepKey) + 1 })
              : t(`dryRun.kind.${kind}`, { stepKey })
          }
        />
        <Text size="xs" c="dimmed">
          {t('review.calendarNote', { zone: timeZone })}
        </Text>
      </Stack>
    </Paper>
  );
}
