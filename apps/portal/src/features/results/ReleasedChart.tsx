import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Paper } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { VendorCampaignInsight } from '#contracts';
import { useFormat } from '../../shared/format';
import { type NumberedMarks } from '../../shared/marks/chart-marks';
import { useDayAxis } from './day-axis';
import { markLine } from './mark-line';

interface ReleasedChartProps extends Pick<VendorCampaignInsight, 'weeks'> {
  readonly marks: readonly NumberedMarks[];
}

/**
 * Messages sent by week. The light part of a column is the margin: the exact
 * number lies in it. A table has the same numbers for screen readers.
 */
export default function ReleasedChart({ weeks, marks }: ReleasedChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isStill = useReducedMotion();
  const axis = useDayAxis(weeks.map(({ startsOn }) => startsOn));
  const data = weeks.map(({ startsOn, sent: { value, margin } }) => {
    // No column, also not one of zero, which could be read.
    if (value === null) return { on: startsOn, least: null, margin: null };
    const least = Math.max(0, value - margin);
    return { on: startsOn, least, margin: value + margin - least };
  });
  return (
    <Paper withBorder p="md">
      <BarChart
        h={260}
        data={data}
        dataKey="on"
        type="stacked"
        series={[
          { name: 'least', label: t('released.atLeast'), color: 'teal.7' },
          { name: 'margin', label: t('released.within'), color: 'teal.2' },
        ]}
        referenceLines={marks.map(({ number, on }) => markLine(number, on))}
        {...axis}
        withLegend
        legendProps={{ position: 'bottom' }}
        tickLine="y"
        barProps={{ isAnimationActive: !isStill }}
        barChartProps={{ accessibilityLayer: false }}
        valueFormatter={(value) => format.number(value)}
        aria-hidden
      />
    </Paper>
  );
}
