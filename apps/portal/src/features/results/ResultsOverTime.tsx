import { NativeSelect, Skeleton, Stack } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InsightNumbers } from '#contracts';

const load = () => import('./TimeChart');
const TimeChart = lazy(load);
// On its way while the numbers are: it takes as long as they do. Where it does not come, whoever draws one says so.
load().catch(() => undefined);

export interface ChartChoice {
  readonly key: string;
  readonly name: string;
  /** Those on which anything was counted, by day. */
  readonly points: readonly { readonly on: string; readonly numbers: InsightNumbers | null }[];
}

interface ResultsOverTimeProps {
  /** All of it, first. */
  readonly courses: readonly [ChartChoice, ...ChartChoice[]];
  readonly label: string;
}

/** One chart, of what is chosen: all, a step, a recipient variant of a step. */
export function ResultsOverTime({ courses, label }: ResultsOverTimeProps) {
  const { t } = useTranslation();
  const [all] = courses;
  const [chosen, choose] = useState(all.key);
  const course = courses.find(({ key }) => key === chosen) ?? all;
  const points = all.points.map(({ on }) => course.points.find((point) => point.on === on) ?? { on, numbers: null });
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
      <Suspense fallback={<Skeleton height={294} radius="lg" />}>
        <TimeChart points={points} label={label} />
      </Suspense>
    </Stack>
  );
}
