import { Paper, Stack, Text, Timeline, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DatesView } from '#contracts';
import { useDays } from '../../shared/days';
import { StepDate } from '../../shared/StepDate';

/** What comes when, as the partner chose it at launch. */
export function ActivationCalendar({ calendar }: { readonly calendar: DatesView }) {
  const { t } = useTranslation();
  const inWords = useDays();
  const { steps, timeZone, choices, blackouts, alwaysClosed } = calendar;
  const emails = steps.filter(({ kind }) => kind === 'email').map(({ stepKey }) => stepKey);
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="calendar">
      <Stack>
        <Title order={2} size="h3" id="calendar">
          {t('review.calendar')}
        </Title>
        <Timeline active={steps.length} bulletSize={18} lineWidth={2}>
          {steps.map((step) => (
            <Timeline.Item
              key={step.stepKey}
              title={
                step.kind === 'email'
                  ? t('review.step', { number: emails.indexOf(step.stepKey) + 1 })
                  : t(`dryRun.kind.${step.kind}`, { stepKey: step.stepKey })
              }
            >
              <StepDate step={step} timeZone={timeZone} shiftDays={choices.shiftDays[step.stepKey] ?? 0} />
            </Timeline.Item>
          ))}
        </Timeline>
        <Text size="xs" c="dimmed">
          {t('review.calendarNote', { zone: timeZone })}
        </Text>
        {choices.blackouts.length > 0 && (
          <Text size="sm">
            {t('choices.blackouts')}: {choices.blackouts.map(inWords).join('; ')}
          </Text>
        )}
        {alwaysClosed.length > 0 && (
          <Text size="sm">{t('choices.always', { days: alwaysClosed.map(inWords).join('; ') })}</Text>
        )}
        {blackouts.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('choices.vendorBlackouts', { days: blackouts.map(inWords).join('; ') })}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
