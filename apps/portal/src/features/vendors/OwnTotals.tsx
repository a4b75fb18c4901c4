import { List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OwnSharedTotals, PartnerVendorView } from '#contracts';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { TotalsSwitch } from '../../shared/TotalsSwitch';
import { TotalsTable } from '../../shared/TotalsTable';
import { useOwnTotals } from './api';
import { CountedDealsSwitch } from './CountedDealsSwitch';

/** The switch, the numbers as the vendor would see them, and who looked. */
export function OwnTotals({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  const totals = useOwnTotals();
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {t('totals.title')}
      </Title>
      <TotalsSwitch vendor={vendor} />
      <CountedDealsSwitch vendor={vendor} />
      <Loaded query={totals} height={120}>
        {({ items }) => {
          const own = items.find(({ vendorId }) => vendorId === vendor.vendorId);
          if (own === undefined || own.campaigns.length === 0) return <Text size="sm">{t('totals.none')}</Text>;
          return (
            <>
              <Text size="sm">
                {t(vendor.totals.isShared ? 'totals.seen' : 'totals.wouldSee', { vendor: vendor.name })}
              </Text>
              <TotalsTable
                isWhole
                // A table for each vendor is on the screen.
                orderName={`totals-${vendor.vendorId}`}
                label={t('totals.title')}
                rows={own.campaigns.map((campaign) => ({ key: campaign.campaignId, totals: campaign }))}
              />
              <Readings readings={own.readings} />
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

/** Persons of the vendor who looked. Nothing before the first. */
function Readings({ readings }: Pick<OwnSharedTotals['items'][number], 'readings'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (readings.length === 0) return null;
  return (
    <>
      <Text size="sm" fw={600}>
        {t('totals.readings')}
      </Text>
      <List size="sm">
        {readings.map(({ name, at }) => (
          <List.Item key={`${name} ${at}`}>{t('totals.reading', { name, at: format.moment(at) })}</List.Item>
        ))}
      </List>
    </>
  );
}
