import { ActionIcon, Badge, Button, Collapse, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarOff, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDays } from '../../shared/days-text';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { type ClosedDays, ALL_COUNTRIES, keyOf } from './closed-days';

interface DayListProps {
  readonly rows: readonly ClosedDays[];
  /** Undefined where the user may not change the calendar. */
  readonly onRows?: (rows: ClosedDays[]) => void;
}

/**
 * Lists closed days by date.
 * Past days are collapsed.
 */
export function DayList({ rows, onRows }: DayListProps) {
  const { t } = useTranslation();
  const today = new Date().toISOString().slice(0, 10);
  const over = rows.filter(({ to }) => to < today);
  const item = (row: ClosedDays) => (
    <DayRow
      key={keyOf(row)}
      row={row}
      {...(onRows === undefined
        ? {}
        : {
            onName: (name: string) => onRows(rows.map((one) => (one === row ? { ...row, name } : one))),
            onRemove: () => onRows(rows.filter((one) => one !== row)),
          })}
    />
  );
  if (rows.length === 0) return <NoDays />;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="closed-days">
      <Stack>
        <Title order={2} size="h3" id="closed-days">
          {t('closedDays.list')}
        </Title>
        {over.length < rows.length && (
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
            {rows.filter(({ to }) => to >= today).map(item)}
          </Stack>
        )}
        {over.length > 0 && <PastDays count={over.length}>{over.map(item)}</PastDays>}
      </Stack>
    </Paper>
  );
}

/** Closed days that are over, folded. */
function PastDays({ count, children }: { readonly count: number; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <>
      <Group>
        <Button variant="subtle" color="gray" size="compact-sm" aria-expanded={opened} onClick={toggle}>
          {t('closedDays.over', { count })}
        </Button>
      </Group>
      <Collapse expanded={opened}>
        <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
          {children}
        </Stack>
      </Collapse>
    </>
  );
}

function NoDays() {
  const { t } = useTranslation();
  return (
    <Empty icon={IconCalendarOff} title={t('closedDays.none')}>
      {t('closedDays.noneText')}
    </Empty>
  );
}

interface DayRowProps {
  readonly row: ClosedDays;
  readonly onName?: (name: string) => void;
  readonly onRemove?: () => void;
}

function DayRow({ row, onName, onRemove }: DayRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const days = useDays()(row);
  const { name, holidayOf } = row;
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {days}
          </Text>
          {holidayOf !== null && (
            <Badge variant="light" color="gray" tt="none">
              {holidayOf === ALL_COUNTRIES ? t('closedDays.kinds.holiday') : format.country(holidayOf)}
            </Badge>
          )}
        </Group>
        {onName === undefined ? (
          <Text size="sm" c="dimmed">
            {name}
          </Text>
        ) : (
          <TextInput
            size="sm"
            maxLength={60}
            aria-label={t('closedDays.rename', { days })}
            placeholder={t('closedDays.unnamed')}
            value={name}
            onChange={(event) => onName(event.currentTarget.value)}
          />
        )}
      </Stack>
      {onRemove !== undefined && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('closedDays.remove', { days })} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}
