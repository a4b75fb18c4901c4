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
  const translateCode = useTranslateCode();
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
          {skipped.length + delayed.length > 0 && (
            <List size="sm" c="dimmed" spacing={2} mt={4}>
              {delayed.map(({ reason, sentence, count }) => (
                <List.Item key={reason}>
                  {t('dryRun.delayed', {
                    people: t('activation.people', { count, number: format.number(count) }),
                    sentence: translateCode('reasons', reason, sentence),
                  })}
                </List.Item>
              ))}
              {skipped.map(({ reason, sentence, count }) => (
                <List.Item key={reason}>
                  {t('activation.reason', {
                    people: t('activation.people', { count, number: format.number(count) }),
                    sentence: translateCode('reasons', reason, sentence),
                  })}
                </List.Item>
              ))}
            </List>
          )}
        </Paper>
      ))}
    </Stack>
  );
}
