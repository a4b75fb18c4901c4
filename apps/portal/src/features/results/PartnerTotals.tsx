import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerTotalsPage } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { LoadMore } from '../../shared/LoadMore';
import { Loaded } from '../../shared/Page';
import { type TotalsRow, TotalsTable } from '../../shared/TotalsTable';
import { usePartnerTotals } from './api';

/** Exact totals of the partners that show them; others are “not shared”. */
export function PartnerTotals() {
  const { t } = useTranslation();
  const partners = usePartnerTotals();
  return (
    <Stack component="section" aria-labelledby="partner-totals">
      <Group justify="space-between">
        <Title order={2} id="partner-totals">
          {t('totals.ofPartners')}
        </Title>
        <CsvLink path="/vendor-insight/partners.csv" label={t('totals.csv')} />
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {t('totals.ofPartnersLead')}
      </Text>
      <Loaded query={partners} height={180}>
        {(items) => (
          <>
            {items.length === 0 ? (
              <Text size="sm">{t('totals.noPartners')}</Text>
            ) : (
              <TotalsTable label={t('totals.ofPartners')} rows={items.flatMap(rowsOf)} />
            )}
            <LoadMore list={partners} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function rowsOf({ partnerId, name, campaigns }: PartnerTotalsPage['items'][number]): TotalsRow[] {
  if (campaigns === null) return [{ key: partnerId, partner: name, totals: null }];
  return campaigns.map((totals) => ({ key: `${partnerId} ${totals.campaignId}`, partner: name, totals }));
}
