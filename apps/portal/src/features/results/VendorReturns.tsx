import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { VendorReturns as ReturnsOf } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useAmountText } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useReaderTitle } from '../../shared/reader-title';
import { useVendorReturns } from './api';
import { useRoiText } from './roi-text';

/** A vendor's costs since the start, beside what partners won that show their totals. */
export function VendorReturns() {
  const { t } = useTranslation();
  const returns = useVendorReturns();
  return (
    <Stack component="section" aria-labelledby="returns">
      <Group justify="space-between">
        <Title order={2} id="returns">
          {t('returns.title')}
        </Title>
        <Group gap="sm">
          <Anchor component={Link} to="/costs" size="sm">
            {t('returns.toCosts')}
          </Anchor>
          <CsvLink path="/vendor-insight/returns.csv" label={t('returns.csv')} />
        </Group>
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {t('returns.vendorLead')}
      </Text>
      <Loaded query={returns} height={200}>
        {(data) =>
          data.total.costs.length === 0 ? (
            <Text size="sm">{t('returns.vendorNone')}</Text>
          ) : (
            <>
              <ReturnsTable returns={data} />
              <Text size="sm" c="dimmed">
                {t('returns.showing', { count: data.showing })}
              </Text>
            </>
          )
        }
      </Loaded>
    </Stack>
  );
}

interface Row extends Omit<ReturnsOf['campaigns'][number], 'campaignId'> {
  readonly key: string;
  readonly name: string;
}

function ReturnsTable({ returns: { total, campaigns } }: { readonly returns: ReturnsOf }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountText = useAmountText();
  const roiText = useRoiText();
  const readerTitle = useReaderTitle();
  const rows: Row[] = [
    ...campaigns.map(({ campaignId, ...campaign }) => ({
      ...campaign,
      key: campaignId ?? 'none',
      name: campaignId === null ? t('returns.noCampaign') : readerTitle(campaign),
    })),
    { ...total, title: '', titles: {}, key: 'all', name: t('returns.total') },
  ];
  const money = (name: 'costs' | 'won' | 'costPerLead'): Column<Row> => ({
    key: name,
    title: t(`returns.${name}`),
    align: 'end',
    cell: (row) => amountText(row[name]) || '–',
  });
  return (
    <DataTable
      label={t('returns.title')}
      items={rows}
      idOf={({ key }) => key}
      minWidth={760}
      columns={[
        {
          key: 'campaign',
          title: t('results.campaign'),
          isHeading: true,
          cell: ({ key, name }) => (
            <Text size="sm" fw={key === 'all' ? 700 : 600}>
              {name}
            </Text>
          ),
        },
        money('costs'),
        money('won'),
        { key: 'roi', title: t('returns.roi'), align: 'end', cell: roiText },
        {
          key: 'leads',
          title: t('results.leads'),
          align: 'end',
          cell: ({ leads }) => format.number(leads),
        },
        money('costPerLead'),
      ]}
    />
  );
}
