import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatesView, OfferDetail } from '#contracts';
import { GoalList } from '../../../shared/GoalList';
import { type QueryState, Loaded } from '../../../shared/Page';
import { PlannedTimeline } from '../../../shared/PlannedTimeline';
import { ProblemNote } from '../../../shared/ProblemNote';
import { usePreviewStepName } from '../dry-run/step-name';
import { BlackoutDays } from './BlackoutDays';
import { type DateChoices, isChanged, NO_CHOICES } from './choices';
import { StepChoices } from './StepChoices';

interface CalendarCardProps {
  readonly offer: OfferDetail;
  readonly calendar: QueryState<DatesView>;
  readonly choices: DateChoices;
  readonly onChoices: (choices: DateChoices) => void;
  /** Below the dates. */
  readonly children?: ReactNode;
}

/**
 * Shows a partner the dates of the steps.
 * They follow the choices.
 */
export function CalendarCard({ offer, calendar, choices, onChoices, children }: CalendarCardProps) {
  const { t } = useTranslation();
  const [isOpen, { toggle }] = useDisclosure(isChanged(choices));
  return (
    <>
      <Paper withBorder p="lg" component="section" aria-labelledby="calendar">
        <Stack>
          <Title order={2} size="h3" id="calendar">
            {t('review.calendar')}
          </Title>
          <Loaded query={calendar} height={220}>
            {(loaded) => (
              <>
                <Dates offer={offer} calendar={loaded} choices={choices} isOpen={isOpen} onChoices={onChoices} />
                <Text size="xs" c="dimmed">
                  {t('review.calendarNote', { zone: loaded.timeZone })}
                </Text>
                {isOpen && <BlackoutDays choices={choices} onChoices={onChoices} />}
              </>
            )}
          </Loaded>
          {calendar.data !== undefined && <ProblemNote error={calendar.error} />}
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={toggle} aria-expanded={isOpen}>
              {t(isOpen ? 'choices.close' : 'choices.open')}
            </Button>
            {isChanged(choices) && (
              <Button variant="subtle" size="xs" onClick={() => onChoices({ ...choices, ...NO_CHOICES })}>
                {t('choices.reset')}
              </Button>
            )}
          </Group>
          {children}
        </Stack>
      </Paper>
      {calendar.data !== undefined && <GoalList goals={calendar.data.goals} contacts={null} />}
    </>
  );
}

interface DatesProps {
  readonly offer: OfferDetail;
  readonly calendar: DatesView;
  readonly choices: DateChoices;
  readonly isOpen: boolean;
  readonly onChoices: (choices: DateChoices) => void;
}

function Dates({ offer, calendar, choices, isOpen, onChoices }: DatesProps) {
  const stepName = usePreviewStepName(offer);
  const nameOf = ({ stepKey, kind }: DatesView['steps'][number]) => stepName(stepKey, kind);
  return (
    <PlannedTimeline calendar={calendar} stepName={nameOf}>
      {(step) => isOpen && <StepChoices step={step} name={nameOf(step)} choices={choices} onChoices={onChoices} />}
    </PlannedTimeline>
  );
}
