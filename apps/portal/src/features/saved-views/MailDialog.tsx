import { Button, Group, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedViewItem, ViewMail, ViewTableName } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { ProblemNote } from '../../shared/ProblemNote';
import { useViewChanges } from '../../shared/saved-views';
import { useUserLocale } from '../../shared/user-locale';

interface MailDialogProps {
  readonly view: SavedViewItem;
  readonly timeZone: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

type Schedule = Pick<ViewMail, 'rhythm' | 'day' | 'hour' | 'format' | 'table'>;

/** On Monday morning, for the week that begins. */
const USUAL: Schedule = { rhythm: 'weekly', day: 1, hour: 8, format: 'pdf' };
const numbers = (count: number, first: number): number[] => Array.from({ length: count }, (_, at) => at + first);

/** When a person gets a view by e-mail. */
export function MailDialog({ view, timeZone, opened, onClose }: MailDialogProps) {
  const { t } = useTranslation();
  const changes = useViewChanges();
  const [schedule, setSchedule] = useState<Schedule>(view.mail ?? USUAL);
  const change = (part: Partial<Schedule>): void => setSchedule({ ...schedule, ...part });
  const { rhythm, day, hour, format, table = view.tables[0] } = schedule;
  const save = useMutation({
    mutationFn: () => changes.schedule(view.id, { rhythm, day, hour, format, table }),
    onSuccess: onClose,
  });
  const end = useMutation({ mutationFn: () => changes.endSchedule(view.id), onSuccess: onClose });
  return (
    <Dialog opened={opened} onClose={onClose} title={t('savedViews.scheduleOne', { name: view.name })}>
      <Stack>
        <Text size="sm">{t('savedViews.scheduleText')}</Text>
        <TableSelect view={view} table={table} onTable={(value) => change({ table: value })} />
        <SegmentedControl
          aria-label={t('savedViews.rhythm')}
          value={rhythm}
          onChange={(value) => change({ rhythm: value === 'monthly' ? 'monthly' : 'weekly', day: 1 })}
          data={(['weekly', 'monthly'] as const).map((value) => ({ value, label: t(`savedViews.rhythms.${value}`) }))}
        />
        <DaySelect rhythm={rhythm} day={day} onDay={(value) => change({ day: value })} />
        <HourSelect hour={hour} timeZone={timeZone} onHour={(value) => change({ hour: value })} />
        <SegmentedControl
          aria-label={t('savedViews.format')}
          value={format}
          onChange={(value) => change({ format: value === 'csv' ? 'csv' : 'pdf' })}
          data={['pdf', 'csv'].map((value) => ({ value, label: value.toUpperCase() }))}
        />
        <ProblemNote error={save.error ?? end.error} />
        <Group justify="flex-end">
          {view.mail !== null && (
            <Button variant="subtle" color="red" loading={end.isPending} onClick={() => end.mutate()}>
              {t('savedViews.endSchedule')}
            </Button>
          )}
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            {t('savedViews.saveSchedule')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface TableSelectProps {
  readonly view: SavedViewItem;
  readonly table: ViewTableName | undefined;
  readonly onTable: (table: ViewTableName) => void;
}

/** What to know of a table before it is sent. */
function noteOf({ screen }: SavedViewItem, table: ViewTableName | undefined): 'withoutContacts' | 'withReading' | null {
  if (table === 'deals') return 'withoutContacts';
  // A partner's own costs and return have the same name, on another screen.
  const isOfVendor = screen === '/campaign-results' && table === 'returns';
  return isOfVendor || table === 'totals' || table === 'partners' ? 'withReading' : null;
}

/** Which table of the screen is sent, and what to know of it. */
function TableSelect({ view, table, onTable }: TableSelectProps) {
  const { t } = useTranslation();
  const { tables } = view;
  const note = noteOf(view, table);
  return (
    <>
      {tables.length > 1 && (
        <NativeSelect
          label={t('savedViews.table')}
          value={table}
          onChange={({ currentTarget }) => {
            const next = tables.find((one) => one === currentTarget.value);
            if (next !== undefined) onTable(next);
          }}
          data={tables.map((value) => ({ value, label: t(`savedViews.tables.${value}`) }))}
        />
      )}
      {note !== null && (
        <Text size="sm" c="dimmed">
          {t(`savedViews.${note}`)}
        </Text>
      )}
    </>
  );
}

interface DaySelectProps {
  readonly rhythm: ViewMail['rhythm'];
  readonly day: number;
  readonly onDay: (day: number) => void;
}

function DaySelect({ rhythm, day, onDay }: DaySelectProps) {
  const { t } = useTranslation();
  const locale = useUserLocale();
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // 5 January 1970 was a Monday.
  const nameOf = (one: number): string =>
    rhythm === 'weekly'
      ? weekday.format(new Date(Date.UTC(1970, 0, 4 + one)))
      : t('savedViews.dayOfMonth', { day: one });
  return (
    <NativeSelect
      label={t('savedViews.day')}
      value={String(day)}
      onChange={({ currentTarget }) => onDay(Number(currentTarget.value))}
      data={numbers(rhythm === 'weekly' ? 7 : 28, 1).map((one) => ({ value: String(one), label: nameOf(one) }))}
    />
  );
}

interface HourSelectProps {
  readonly hour: number;
  readonly timeZone: string;
  readonly onHour: (hour: number) => void;
}

function HourSelect({ hour, timeZone, onHour }: HourSelectProps) {
  const { t } = useTranslation();
  const locale = useUserLocale();
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const nameOf = (one: number): string => time.format(new Date(Date.UTC(1970, 0, 1, one)));
  return (
    <NativeSelect
      label={t('savedViews.hour')}
      description={t('savedViews.hourText', { timeZone })}
      value={String(hour)}
      onChange={({ currentTarget }) => onHour(Number(currentTarget.value))}
      data={numbers(24, 0).map((one) => ({ value: String(one), label: nameOf(one) }))}
    />
  );
}
