import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Paper } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';

interface ShareChartProps {
  readonly rows: readonly { readonly name: string; readonly own: number; readonly median: number }[];
}

/**
 * Minimum top of the axis.
 * Without data the library would end it at 400 %.
 */
const LEAST_TOP = 0.1;

/**
 * The partner's rates beside the medians (the middle of each range).
 * A table has the same numbers for screen readers.
 */
export default function ShareChart({ rows }: ShareChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isStill = useReducedMotion();
  return (
    <Paper withBorder p="md" maw={720}>
      <BarChart
        h={200}
        data={rows.map((row) => ({ ...row }))}
        dataKey="name"
        series={[
          { name: 'own', label: t('results.you'), color: 'teal.7' },
          { name: 'median', label: t('comparison.median'), color: 'indigo.5' },
        ]}
        withLegend
        legendProps={{ position: 'bottom' }}
        tickLine="y"
        yAxisProps={{ domain: [0, (most: number) => Math.max(most, LEAST_TOP)] }}
        barProps={{ isAnimationActive: !isStill }}
        barChartProps={{ accessibilityLayer: false }}
        valueFormatter={(value) => format.share(value)}
        aria-hidden
      />
    </Paper>
  );
}
