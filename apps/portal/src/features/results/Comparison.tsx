import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { InsightRates, PartnerComparison, RateBands } from '#contracts';
import { DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { numberColumn } from './number-column';

const ShareChart = lazy(() => import('./ShareChart'));
const RATES = [
  'clicks',
  'leads',
  'won',
  'unsubscribed',
  'bounced',
  'complained',
] as const satisfies readonly (keyof InsightRates)[];

interface ComparisonProps {
  readonly comparison: PartnerComparison;
}

/**
 * Compares a partner with the medians of its group, which are ranges.
 * Not shown below ten partners, because a median would reveal single ones.
 */
export function Comparison({ comparison: { from, to, group, own, median } }: ComparisonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const groupText = useGroupText(group);
  const isShown = own !== null && median !== null;
  const rows = isShown
    ? RATES.map((name) => ({ name: t(`results.${name}`), own: own[name], median: median[name] }))
    : [];
  return (
    <Stack component="section" aria-labelledby="median">
      <Title order={2} id="median">
        {t('results.median')}
      </Title>
      <Text c="dimmed">
        {t(median === null ? 'comparison.hidden' : own === null ? 'comparison.unsent' : 'comparison.lead', {
          group: groupText,
          from: format.day(from),
          to: format.day(to),
        })}
      </Text>
      {isShown && (
        <>
          <Suspense fallback={<Skeleton height={234} radius="lg" />}>
            <ShareChart
              rows={rows.map(({ name, own: share, median: band }) => ({
                name,
                own: share,
                median: (band.from + band.to) / 2,
              }))}
            />
          </Suspense>
          <RateTable rows={rows} />
        </>
      )}
    </Stack>
  );
}

interface RateRow {
  readonly name: string;
  readonly own: number;
  readonly median: RateBands[keyof RateBands];
}

function RateTable({ rows }: { readonly rows: readonly RateRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <DataTable
      label={t('results.median')}
      items={rows}
      isWhole
      orderName="comparisonSort"
      idOf={({ name }) => name}
      minWidth={360}
      columns={[
        { key: 'rate', title: t('results.rate'), isHeading: true, cell: ({ name }) => name },
        numberColumn<RateRow>('own', t('results.you'), ({ own }) => own, format.share),
        {
          ...numberColumn<RateRow>('median', t('comparison.median'), ({ median }) => median.from, format.share),
          cell: ({ median }) => t('comparison.band', { from: format.share(median.from), to: format.share(median.to) }),
        },
      ]}
    />
  );
}

/** The rule of the vendor's group, as text. */
function useGroupText(group: PartnerComparison['group']): string {
  const { t } = useTranslation();
  const format = useFormat();
  if (group === null) return t('comparison.inNone');
  const or = (values: readonly string[]): string => values.join(` ${t('variants.or')} `);
  const rules = [
    ...(group.tiers.length > 0 ? [t('comparison.tier', { names: or(group.tiers) })] : []),
    ...(group.regions.length > 0 ? [t('comparison.region', { names: or(group.regions) })] : []),
    ...(group.countries.length > 0
      ? [t('comparison.country', { names: or(group.countries.map(format.country)) })]
      : []),
    ...(group.isHandPicked ? [t('comparison.handPicked')] : []),
  ];
  return rules.length === 0 ? t('comparison.allPartners') : t('comparison.group', { rules: rules.join(', ') });
}
