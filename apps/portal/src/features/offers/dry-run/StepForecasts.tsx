import { Group, List, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DryRunView, OfferDetail } from '#contracts';
import { useFormat } from '../../../shared/format';
import { useTranslateCode } from '../../../shared/translate-code';
import { usePreviewStepName } from './step-name';

interface StepForecastsProps {
  readonly offer: OfferDetail;
  readonly forecast: DryRunView;
}

/** Forecast per step: recipients, time span, and reasons for those not sent. */
export function StepForecasts({ offer, forecast }: StepForecastsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const stepName = usePreviewStepName(offer);
  return (
    <Stack gap="sm">
      {forecast.steps.map(({ stepKey, kind, willGet, first, last, skipped, delayed }) => (
        <Paper key={stepKey} withBorder p="sm">
          <Group justify="space-between" gap="sm">
            <Text size="sm" fw={600}>
              {stepName(stepKey, kind)}
            </Text>
            <Text size="sm">{t('dryRun.willGet', { count: willGet, number: format.number(willGet) })}</Text>
          </Group>
          {first !== null && last !== null && (
            <Text size="xs" c="dimmed">
              {t('dryRun.between', {
                first: format.moment(first, forecast.timeZone),
                last: format.moment(last, forecast.timeZone),
              })}
            </Text>
          )}
          <Reasons skipped={skipped} delayed={delayed} />
        </Paper>
      ))}
    </Stack>
  );
}

/** Why messages are delayed or not sent, with the number of contacts. */
function Reasons({ skipped, delayed }: Pick<DryRunView['steps'][number], 'skipped' | 'delayed'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  if (skipped.length + delayed.length === 0) return null;
  const people = (count: number) => t('activation.people', { count, number: format.number(count) });
  return (
    <List size="sm" c="dimmed" spacing={2} mt={4}>
      {delayed.map(({ reason, sentence, count }) => (
        <List.Item key={reason}>
          {t('dryRun.delayed', { people: people(count), sentence: translateCode('reasons', reason, sentence) })}
        </List.Item>
      ))}
      {skipped.map(({ reason, sentence, count }) => (
        <List.Item key={reason}>
          {t('activation.reason', { people: people(count), sentence: translateCode('reasons', reason, sentence) })}
        </List.Item>
      ))}
    </List>
  );
}
