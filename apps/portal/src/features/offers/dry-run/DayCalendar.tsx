import { Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DryRunView, OfferDetail } from '#contracts';
import { useFormat } from '../../../shared/format';
import { usePreviewStepName } from './step-name';

interface DayCalendarProps {
  readonly offer: OfferDetail;
  readonly forecast: DryRunView;
}

/** Days with messages or posts, with their steps and numbers of contacts. */
export function DayCalendar({ offer, forecast }: DayCalendarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const stepName = usePreviewStepName(offer);
  const kinds = new Map(forecast.steps.map(({ stepKey, kind }) => [stepKey, kind]));
  const days = Map.groupBy(forecast.days, ({ on }) => on);
  if (days.size === 0) return <Text size="sm">{t('dryRun.noDays')}</Text>;
  return (
    <Paper
      withBorder
      component="ol"
      m={0}
      p={0}
      style={{ listStyle: 'none', maxHeight: 420, overflowY: 'auto' }}
      tabIndex={0}
      aria-label={t('dryRun.days')}
    >
      {[...days].map(([on, steps], at) => (
        <Group
          key={on}
          component="li"
          wrap="nowrap"
          align="flex-start"
          gap="md"
          p="sm"
          style={at === 0 ? {} : { borderTop: '1px solid var(--mantine-color-default-border)' }}
        >
          <Text size="sm" fw={600} w={150} style={{ flexShrink: 0 }}>
            {format.day(on)}
          </Text>
          <Stack gap={2} style={{ flex: 1 }}>
            {steps.map(({ stepKey, count }) => (
              <Group key={stepKey} justify="space-between" gap="sm" wrap="nowrap">
                <Text size="sm">{stepName(stepKey, kinds.get(stepKey) ?? 'email')}</Text>
                <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
                  {t('activation.people', { count, number: format.number(count) })}
                </Text>
              </Group>
            ))}
          </Stack>
        </Group>
      ))}
    </Paper>
  );
}
