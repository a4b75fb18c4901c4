import { NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsPhone } from '../../shared/is-phone';
import { useUrlState } from '../../shared/url-state';
import { marksAt, type Mark } from '../../shared/marks/chart-marks';
import { MarkList } from '../../shared/marks/MarkList';
import { type ChartPoint, fewEnough, sinceFirst } from './chart-points';

const load = () => import('./TimeChart');
const TimeChart = lazy(load);
// Preloads the chart with the numbers.
// If it fails, the component that renders it reports the error.
load().catch(() => undefined);

export interface ChartChoice {
  readonly key: string;
  readonly name: string;
  /** Days with counted events. */
  readonly points: readonly ChartPoint[];
}

interface ResultsOverTimeProps {
  /** The total comes first. */
  readonly courses: readonly [ChartChoice, ...ChartChoice[]];
  readonly interval: 'day' | 'week';
  /** Whether empty weeks before the first count or mark are left out. */
  readonly isFromFirst: boolean;
  readonly marks: readonly Mark[];
  /** Older marks of the period that are not among them. */
  readonly leftOut: number;
  /** Whether marks name their campaigns: where the chart is of several. */
  readonly named?: boolean;
}

/**
 * One chart for the selected series: total, a step, or a recipient variant of a
 * step. On a phone, many days are shown as weeks, and many weeks as months.
 */
export function ResultsOverTime({
  courses,
  interval,
  isFromFirst,
  marks,
  leftOut,
  named = false,
}: ResultsOverTimeProps) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [all] = courses;
  const [chosen, choose] = useUrlState<string>('series', all.key);
  const course = courses.find(({ key }) => key === chosen) ?? all;
  const every = all.points.map(({ on }) => course.points.find((point) => point.on === on) ?? { on, numbers: null });
  const known = isFromFirst && interval === 'week' ? sinceFirst(every, marks) : every;
  const { points, interval: shownInterval } = isPhone ? fewEnough(known, interval) : { points: known, interval };
  const label = t(`results.by.${shownInterval}`);
  const groups = marksAt(
    points.map(({ on }) => on),
    marks,
  );
  return (
    <Stack gap="sm">
      {courses.length > 2 && (
        <NativeSelect
          label={t('variants.chart')}
          data={courses.map(({ key, name }) => ({ value: key, label: name }))}
          value={course.key}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
          maw={420}
        />
      )}
      <Text size="sm" fw={600} aria-hidden>
        {label}
      </Text>
      <Suspense fallback={<Skeleton height={294} radius="lg" />}>
        <TimeChart points={points} label={label} interval={shownInterval} marks={groups} />
      </Suspense>
      <MarkList groups={groups} leftOut={leftOut} named={named} linkTo={(id) => `/results/${id}`} />
    </Stack>
  );
}
