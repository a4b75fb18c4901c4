import { Box, Group, Paper, SimpleGrid, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProgrammeActivity } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { useFormat } from '../../shared/format';
import { marksAt, type NumberedMarks } from '../../shared/marks/chart-marks';
import { MarkList } from '../../shared/marks/MarkList';
import { useMarks } from '../../shared/marks/use-marks';
import { useCan } from '../../shared/session';
import { useUserLocale } from '../../shared/user-locale';

type Period = ProgrammeActivity['weeks'][number];

/** Share of the partners in the programme that took part; null: there were none. */
const rateOf = ({ partners, tookPart }: Period): number | null => (partners === 0 ? null : tookPart / partners);

function usePercent(): (rate: number | null) => string {
  const locale = useUserLocale();
  return (rate) =>
    rate === null ? '–' : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(rate);
}

/** Which share of the partners had a campaign running, by quarter and week. */
export function Participation({ weeks, quarters }: Pick<ProgrammeActivity, 'weeks' | 'quarters'>) {
  const { t } = useTranslation();
  return (
    <Stack component="section" aria-labelledby="participation">
      <Group justify="space-between">
        <Title order={2} id="participation">
          {t('programmeActivity.participation')}
        </Title>
        <CsvLink path="/programme-activity/participation.csv" label={t('programmeActivity.participationCsv')} />
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {t('programmeActivity.participationHow')}
      </Text>
      <Figures weeks={weeks} quarters={quarters} />
      <Weeks weeks={weeks} />
    </Stack>
  );
}

/** This quarter and week, and the ones before. */
function Figures({ weeks, quarters }: Pick<ProgrammeActivity, 'weeks' | 'quarters'>) {
  const { t } = useTranslation();
  const percent = usePercent();
  const figures = [
    ['thisQuarter', quarters.at(-1)],
    ['lastQuarter', quarters.at(-2)],
    ['thisWeek', weeks.at(-1)],
    ['lastWeek', weeks.at(-2)],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} component="dl" m={0}>
      {figures.map(([name, period]) => (
        <Paper key={name} withBorder p="md">
          <Text component="dt" size="sm" c="dimmed">
            {t(`programmeActivity.${name}`)}
          </Text>
          <Text component="dd" m={0} fz={26} fw={650} lh={1.3}>
            {period === undefined ? '–' : percent(rateOf(period))}
          </Text>
          <Text component="dd" m={0} size="xs" c="dimmed">
            {period !== undefined &&
              t('programmeActivity.ofPartners', { tookPart: period.tookPart, count: period.partners })}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

/** Not a `DataTable`: a table that scrolls takes the keyboard focus, which would be invisible here. */
function WeekTable({ weeks }: Pick<ProgrammeActivity, 'weeks'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const percent = usePercent();
  return (
    <table>
      <caption>{t('programmeActivity.byWeek')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('programmeActivity.week')}</th>
          <th scope="col">{t('programmeActivity.participation')}</th>
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.from}>
            <th scope="row">{format.day(week.from)}</th>
            <td>{percent(rateOf(week))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const CHART_HEIGHT = 140;

/** The weeks with publications, launches and recalls, for who may see results. */
function useMarkedWeeks(weeks: readonly Period[]): {
  readonly groups: readonly NumberedMarks[];
  readonly leftOut: number;
} {
  const can = useCan();
  const [first, last] = [weeks[0], weeks.at(-1)];
  const window =
    can('vendor-insight.read') && first !== undefined && last !== undefined ? { from: first.from, to: last.to } : null;
  const marks = useMarks('vendor-insight', window);
  const { items = [], leftOut = 0 } = marks.data ?? {};
  return {
    groups: marksAt(
      weeks.map(({ from }) => from),
      items,
    ),
    leftOut,
  };
}

/** A bar for each week; a table has the same numbers for screen readers. */
function Weeks({ weeks }: Pick<ProgrammeActivity, 'weeks'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const percent = usePercent();
  const { groups, leftOut } = useMarkedWeeks(weeks);
  const [first, last] = [weeks[0], weeks.at(-1)];
  return (
    <Paper withBorder p="md">
      <Text size="xs" c="dimmed" aria-hidden>
        {percent(1)}
      </Text>
      <Group
        align="flex-end"
        gap={3}
        wrap="nowrap"
        h={CHART_HEIGHT}
        aria-hidden
        style={{ borderBlock: '1px dashed var(--mantine-color-default-border)' }}
      >
        {weeks.map((week) => (
          <Box
            key={week.from}
            title={`${format.day(week.from)}: ${percent(rateOf(week))}`}
            bg={rateOf(week) === null ? 'var(--mantine-color-default-border)' : 'var(--mantine-color-teal-7)'}
            h={Math.max(2, (rateOf(week) ?? 0) * CHART_HEIGHT)}
            style={{ flex: 1, borderRadius: 3 }}
          />
        ))}
      </Group>
      <Group gap={3} wrap="nowrap" aria-hidden>
        {weeks.map(({ from }) => (
          <Text key={from} fz={11} ta="center" c="dimmed" style={{ flex: 1, minWidth: 0 }}>
            {groups.find(({ on }) => on === from)?.number}
          </Text>
        ))}
      </Group>
      <Group justify="space-between" wrap="nowrap" mt="xs" mb="md" aria-hidden>
        <Text size="xs" c="dimmed">
          {first !== undefined && t('programmeActivity.weekOf', { day: format.shortDay(first.from) })}
        </Text>
        <Text size="xs" c="dimmed">
          {last !== undefined && t('programmeActivity.weekOf', { day: format.shortDay(last.from) })}
        </Text>
      </Group>
      <MarkList groups={groups} leftOut={leftOut} named linkTo={(id) => `/campaigns/${id}`} />
      <VisuallyHidden>
        <WeekTable weeks={weeks} />
      </VisuallyHidden>
    </Paper>
  );
}
