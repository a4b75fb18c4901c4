import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VendorDealSums } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { formatMoney, orderByAmount } from '../../shared/money';
import { QuerySection } from '../../shared/QuerySection';
import { useUserLocale } from '../../shared/user-locale';
import { useDealSums } from './api';

/** What partners won together that show nothing with their name. */
export function DealSums() {
  const { t } = useTranslation();
  const format = useFormat();
  const sums = useDealSums();
  return (
    <QuerySection
      id="deal-sums"
      title={t('dealSums.title')}
      lead={t('dealSums.lead')}
      actions={<CsvLink path="/vendor-insight/deal-sums.csv" label={t('dealSums.csv')} />}
      query={sums}
      height={120}
      noneText={({ sums: items, partnersNeeded, memberDays, nextOn }) =>
        items.length > 0
          ? null
          : t('dealSums.none', { count: partnersNeeded, days: memberDays, next: format.day(nextOn) })
      }
    >
      {(data) => <Sums {...data} />}
    </QuerySection>
  );
}

function Sums({ sums, nextOn }: VendorDealSums) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  return (
    <>
      <DataTable
        label={t('dealSums.title')}
        items={sums}
        isWhole
        orderName="sums"
        rowOrder={t('common.newestFirst')}
        idOf={({ endsOn, currency }) => `${endsOn} ${currency}`}
        columns={[
          {
            key: 'until',
            title: t('dealSums.until'),
            isHeading: true,
            orderBy: ({ endsOn }) => endsOn,
            cell: ({ endsOn }) => format.day(endsOn),
          },
          {
            key: 'partners',
            title: t('dealSums.partners'),
            align: 'end',
            orderBy: ({ partners: count }) => count,
            cell: ({ partners }) => format.number(partners),
          },
          {
            key: 'won',
            title: t('totals.amounts'),
            align: 'end',
            ...orderByAmount(sums, (sum) => [sum]),
            cell: (sum) => formatMoney(locale, sum),
          },
        ]}
      />
      <Text size="sm" c="dimmed">
        {t('dealSums.next', { next: format.day(nextOn) })}
      </Text>
    </>
  );
}
