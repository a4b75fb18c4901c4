import { Stack, Text, Timeline } from '@mantine/core';
import { IconMoonStars } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatesView } from '#contracts';
import { useDays } from './days-text';
import { useFormat } from './format';
import { PlannedMonths } from './PlannedMonths';
import { type ClosedDays, withClosedDays } from './planned-days';
import { StepDate } from './StepDate';

type Step = DatesView['steps'][number];

interface PlannedTimelineProps {
  readonly calendar: DatesView;
  readonly stepName: (step: Step) => string;
  /** Below the date of a step. */
  readonly children?: (step: Step) => ReactNode;
}

/** Dates of the steps, and the closed days between them. */
export function PlannedTimeline({ calendar, stepName, children }: PlannedTimelineProps) {
  const { timeZone, choices } = calendar;
  const entries = withClosedDays(calendar);
  return (
    <Stack>
      <PlannedMonths calendar={calendar} />
      <Timeline active={entries.length} bulletSize={22} lineWidth={2} aria-live="polite">
        {entries.map((entry) =>
          'step' in entry ? (
            <Timeline.Item key={entry.step.stepKey} title={stepName(entry.step)}>
              <StepDate step={entry.step} timeZone={timeZone} shiftDays={choices.shiftDays[entry.step.stepKey] ?? 0} />
              {children?.(entry.step)}
            </Timeline.Item>
          ) : (
            <Timeline.Item
              key={JSON.stringify(entry.closed)}
              color="gray"
              bullet={<IconMoonStars size={13} aria-hidden />}
              lineVariant="dashed"
            >
              <Closed {...entry.closed} />
            </Timeline.Item>
          ),
        )}
      </Timeline>
    </Stack>
  );
}

function Closed({ from, to, name, countries, by }: ClosedDays) {
  const { t } = useTranslation();
  const format = useFormat();
  const daysText = useDays();
  return (
    <>
      <Text size="sm" c="dimmed">
        {name === null ? t('choices.closed') : t('choices.closedFor', { name })}
      </Text>
      <Text size="xs" c="dimmed">
        {daysText({ from, to })}
        {' · '}
        {countries.length === 0
          ? t(`choices.closedBy.${by}`)
          : t('choices.closedIn', { countries: countries.map(format.country).join(', ') })}
      </Text>
    </>
  );
}
