import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VendorCampaignInsight } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { numberColumn } from './number-column';

type Week = VendorCampaignInsight['weeks'][number];

const COLUMNS = ['sent', 'delivered', 'clicks', 'leads', 'won'] as const;

/**
 * Participating partners and results per week.
 * Weeks with too few partners are empty.
 */
export function WeekTable({ weeks }: Pick<VendorCampaignInsight, 'weeks'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: readonly Column<Week>[] = [
    {
      key: 'week',
      title: t('use.week'),
      isHeading: true,
      orderBy: ({ startsOn }) => startsOn,
      cell: ({ startsOn }) => format.day(startsOn),
    },
    {
      ...numberColumn<Week>('partners', t('use.partners'), ({ partners }) => partners, format.number),
      cell: ({ partners }) => (partners === null ? t('results.tooFew') : format.number(partners)),
    },
    ...COLUMNS.map((name) =>
      numberColumn<Week>(name, t(`results.${name}`), ({ numbers }) => numbers?.[name] ?? null, format.number),
    ),
  ];
  return (
    <Stack gap="xs">
      <Title order={3}>{t('use.weeks')}</Title>
      <DataTable
        label={t('use.weeks')}
        items={weeks}
        isWhole
        idOf={({ startsOn }) => startsOn}
        columns={columns}
        minWidth={640}
      />
    </Stack>
  );
}
