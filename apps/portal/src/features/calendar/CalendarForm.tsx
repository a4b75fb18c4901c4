import { Alert, Button, Grid, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerCalendar, StoredCalendar } from '#contracts';
import { useDraft } from '../../shared/draft';
import { useCan } from '../../shared/session';
import { ApiProblem } from '../../shared/api';
import { ProblemNote } from '../../shared/ProblemNote';
import { SaveBar } from '../../shared/SaveBar';
import { AddDays } from './AddDays';
import { toCalendar, type ClosedDays, mergedRows, toRows, addDays } from './closed-days';
import { DayList } from './DayList';
import { CalendarImpact } from './CalendarImpact';
import { PickHolidays } from './PickHolidays';
import { type PublicDays, publicDaysOf, PublicHolidaysChoice } from './PublicHolidaysChoice';
import { saveCalendar, calendarKeys } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { basedOn } from '../../shared/request';

/** Unsaved rows, and the saved rows that they were edited from. */
interface Draft {
  readonly rows: readonly ClosedDays[];
  readonly base: readonly ClosedDays[];
  readonly version: number;
  readonly public: PublicDays;
}

/**
 * Unsaved closed days of a partner, kept as a draft, and the request that saves
 * them. They are stale when others have saved the calendar meanwhile.
 */
function useCalendarEdits(calendar: StoredCalendar) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [draft, setDraft, forget] = useDraft<Draft | null>('calendar', null);
  const saved = toRows(calendar);
  const savedPublic = publicDaysOf(calendar);
  const {
    rows,
    base,
    version,
    public: days,
  } = draft ?? {
    rows: saved,
    base: saved,
    version: calendar.version,
    public: savedPublic,
  };
  const isChanged =
    draft !== null && JSON.stringify({ rows, ...days }) !== JSON.stringify({ rows: saved, ...savedPublic });
  const isStale = isChanged && version !== calendar.version;
  const change = (changed: readonly ClosedDays[], closed = days) =>
    setDraft({ rows: changed, base, version, public: closed });
  const edited = { ...toCalendar(rows), ...days };
  const save = useMutation({
    mutationFn: () => saveCalendar({ body: edited, headers: basedOn(isChanged ? version : calendar.version) }),
    onSuccess: (now) => {
      forget();
      client.setQueryData(calendarKeys.calendar, now);
      const { offerDates, activationDetails, dryRuns, offerDetails } = queryKeys;
      void invalidate(client, offerDates, activationDetails, dryRuns, offerDetails);
      notifications.show({ color: 'teal', message: t('closedDays.saved') });
    },
    // After a conflict, fetch what was saved before the merge.
    onError: (error) => {
      if (isRefusedAsOld(error)) void client.invalidateQueries({ queryKey: calendarKeys.calendar, exact: true });
    },
  });
  const merge = (): void => {
    save.reset();
    setDraft({ rows: mergedRows(base, rows, saved), base: saved, version: calendar.version, public: days });
  };
  return { rows, edited, isChanged, isStale, change, forget, save, merge };
}

/**
 * Edits a partner's closed days.
 * Shows the impact of unsaved changes on running activations.
 */
export function CalendarForm({ calendar }: { readonly calendar: StoredCalendar }) {
  const { t } = useTranslation();
  const canEdit = useCan()('activations.control');
  const { rows, edited, isChanged, isStale, change, forget, save, merge } = useCalendarEdits(calendar);
  return (
    <>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 1, md: 2 }}>
          <Stack>
            {canEdit && (
              <>
                <AddDays rows={rows} onAdd={(added) => change(addDays(rows, added))} />
                <PickHolidays rows={rows} onPick={(picked) => change(picked.reduce(addDays, [...rows]))} />
              </>
            )}
            {isChanged && <Impact calendar={edited} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 2, md: 1 }}>
          <Stack>
            <PublicHolidaysChoice
              country={calendar.country}
              days={edited}
              {...(canEdit ? { onChange: (days: PublicDays) => change(rows, days) } : {})}
            />
            <DayList rows={rows} {...(canEdit ? { onRows: (changed) => change(changed) } : {})} />
            {!canEdit && (
              <Text size="sm" c="dimmed">
                {t('closedDays.readOnly')}
              </Text>
            )}
          </Stack>
        </Grid.Col>
      </Grid>
      {isChanged && (
        <SaveBar
          label={t('closedDays.save')}
          isPending={save.isPending}
          disabled={isStale}
          onSave={() => save.mutate()}
          onDiscard={forget}
        >
          {isStale ? <StaleNote onMerge={merge} /> : !isRefusedAsOld(save.error) && <ProblemNote error={save.error} />}
        </SaveBar>
      )}
    </>
  );
}

/** Impact of unsaved changes on running activations. */
function Impact({ calendar }: { readonly calendar: PartnerCalendar }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="moves">
      <Stack>
        <Title order={2} size="h3" id="moves">
          {t('closedDays.moves')}
        </Title>
        <CalendarImpact calendar={calendar} />
      </Stack>
    </Paper>
  );
}

/** Offers to merge the changes with a calendar that was saved meanwhile. */
function StaleNote({ onMerge }: { readonly onMerge: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" title={t('closedDays.stale')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('closedDays.staleText')}</Text>
        <Button size="xs" variant="default" onClick={onMerge}>
          {t('closedDays.merge')}
        </Button>
      </Stack>
    </Alert>
  );
}

const isRefusedAsOld = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.code === 'calendar.stale';
