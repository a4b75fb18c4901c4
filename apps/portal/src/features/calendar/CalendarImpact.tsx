import { Anchor, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CalendarOutlook, PartnerCalendar } from '#contracts';
import { useFormat } from '../../shared/format';
import { useReaderTitle } from '../../shared/reader-title';
import { MovedSteps } from '../../shared/MovedSteps';
import { Loaded } from '../../shared/Page';
import { previewCalendar, calendarKeys } from './api';

/** Wait for the end of typing before asking for the impact. */
const TYPING_MS = 300;

/**
 * Shows a partner which dates of running activations an unsaved calendar moves.
 */
export function CalendarImpact({ calendar }: { readonly calendar: PartnerCalendar }) {
  const { t } = useTranslation();
  const [asked] = useDebouncedValue(JSON.stringify(calendar), TYPING_MS);
  const outlook = useQuery({
    queryKey: [...calendarKeys.calendar, 'outlook', asked],
    queryFn: ({ signal }) => previewCalendar({ body: JSON.parse(asked) as PartnerCalendar, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={outlook} height={96}>
      {({ activations }) => (
        <Stack gap="sm" role="status" aria-busy={outlook.isFetching}>
          {activations.length === 0 && <Text size="sm">{t('closedDays.movesNothing')}</Text>}
          {activations.map((moved) => (
            <MovedActivation key={moved.activationId} moved={moved} />
          ))}
          <Text size="xs" c="dimmed">
            {t('closedDays.reopened')}
          </Text>
        </Stack>
      )}
    </Loaded>
  );
}

function MovedActivation({ moved }: { readonly moved: CalendarOutlook['activations'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  const { activationId, timeZone, people, passed, steps, names } = moved;
  return (
    <Stack gap={4}>
      <Anchor component={Link} to={`/activations/${activationId}`} size="sm" fw={600}>
        {readerTitle(moved)}
      </Anchor>
      {people > 0 && <Text size="sm">{t('closedDays.people', { count: people, number: format.number(people) })}</Text>}
      {passed > 0 && <Text size="sm">{t('closedDays.passed', { count: passed, number: format.number(passed) })}</Text>}
      {steps.length > 0 && (
        <>
          <Text size="sm">{t('closedDays.steps', { count: steps.length })}</Text>
          <MovedSteps steps={steps} timeZone={timeZone} names={names} />
        </>
      )}
    </Stack>
  );
}
