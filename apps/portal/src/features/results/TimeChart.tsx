import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Paper, VisuallyHidden } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import { type NumberedMarks } from '../../shared/marks/chart-marks';
import { CHARTED, type ChartInterval, type ChartPoint } from './chart-points';
import { useDayAxis } from './day-axis';
import { markLine } from './mark-line';

interface TimeChartProps {
  readonly points: readonly ChartPoint[];
  readonly label: string;
  /** What a point is of. */
  readonly interval: ChartInterval;
  /** Lines at points, with their numbers. */
  readonly marks?: readonly NumberedMarks[];
}

/**
 * Delivered, clicked and replied over time.
 * A table has the same numbers for screen readers.
 */
export default function TimeChart({ points, label, interval, marks = [] }: TimeChartProps) {
  const format = useFormat();
  const isStill = useReducedMotion();
  const series = useSeries();
  const axis = useDayAxis(
    points.map(({ on }) => on),
    interval === 'month',
  );
  const data = points.map(({ on, numbers }) => ({
    on,
    ...Object.fromEntries(series.map(({ name }) => [name, numbers?.[name] ?? 0])),
  }));
  return (
    <Paper withBorder p="md">
      <BarChart
        h={260}
        data={data}
        dataKey="on"
        series={series.map((one) => ({ ...one }))}
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
      <VisuallyHidden>
        <NumbersTable points={points} label={label} interval={interval} />
      </VisuallyHidden>
    </Paper>
  );
}

const COLOURS = { delivered: 'teal.7', clicks: 'indigo.5', leads: 'orange.6' } as const;

function useSeries() {
  const { t } = useTranslation();
  return CHARTED.map((name) => ({ name, label: t(`results.${name}`), color: COLOURS[name] }));
}

/** The same numbers for screen readers. */
function NumbersTable({ points, label, interval }: Omit<TimeChartProps, 'marks'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const series = useSeries();
  return (
    <table>
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t(`results.of.${interval}`)}</th>
          {series.map((one) => (
            <th key={one.name} scope="col">
              {one.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map(({ on, numbers }) => (
          <tr key={on}>
            <th scope="row">{interval === 'month' ? format.month(on) : format.day(on)}</th>
            {series.map(({ name }) => (
              <td key={name}>{numbers?.[name] ?? 0}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
