import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VendorDealSums } from '#contracts';
import { DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { formatMoney } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useUserLocale } from '../../shared/user-locale';
import { useDealSums } from './api';

/** What partners won together that show nothing with their name. */
export function DealSums() {
  const { t } = useTranslation();
  const sums = useDealSums();
  return (
    <Stack component="section" aria-labelledby="deal-sums" gap="sm">
      <Title order={2} id="deal-sums">
        {t('dealSums.title')}
      </Title>
      <Text size="sm" c="dimmed" maw={760}>
        {t('dealSums.lead')}
      </Text>
      <Loaded query={sums} height={120}>
        {(data) => <Sums {...data} />}
      </Loaded>
    </Stack>
  );
}

function Sums({ sums, nextOn, partnersNeeded, memberDays }: VendorDealSums) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  const next = format.day(nextOn);
  if (sums.length === 0)
    return (
      <Text size="sm" maw={760}>
        {t('dealSums.none', { count: partnersNeeded, days: memberDays, next })}
      </Text>
    );
  return (
    <>
      <DataTable
        label={t('dealSums.title')}
        items={sums}
        idOf={({ endsOn, currency }) => `${endsOn} ${currency}`}
        columns={[
          {
            key: 'until',
            title: t('dealSums.until'),
            isHeading: true,
            cell: ({ endsOn }) => format.day(endsOn),
          },
          {
            key: 'partners',
            title: t('dealSums.partners'),
            align: 'end',
            cell: ({ partners }) => format.number(partners),
          },
          { key: 'won', title: t('totals.amounts'), align: 'end', cell: (sum) => formatMoney(locale, sum) },
        ]}
      />
      <Text size="sm" c="dimmed">
        {t('dealSums.next', { next })}
      </Text>
    </>
  );
}
