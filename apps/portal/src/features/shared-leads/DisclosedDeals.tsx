import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DisclosedDealView } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useDealCopyColumns } from '../../shared/leads/deal-copy-columns';
import { LoadMore } from '../../shared/LoadMore';
import { QuerySection } from '../../shared/QuerySection';
import { useDisclosedDeals } from './api';

/** Deals that partners show to a vendor, the newest first. */
export function DisclosedDeals() {
  const { t } = useTranslation();
  const deals = useDisclosedDeals();
  const columns = useColumns(deals.data ?? []);
  return (
    <QuerySection
      id="disclosed-deals"
      title={t('disclosedDeals.title')}
      lead={t('disclosedDeals.lead')}
      actions={<CsvLink path="/disclosed-deals/list.csv" label={t('disclosedDeals.csv')} />}
      query={deals}
      height={120}
      noneText={(items) => (items.length === 0 ? t('disclosedDeals.none') : null)}
    >
      {(items) => (
        <>
          <DataTable
            label={t('disclosedDeals.title')}
            items={items}
            isWhole={!deals.hasMore}
            orderName="deals"
            rowOrder={t('common.newestFirst')}
            idOf={({ id }) => id}
            columns={columns}
            minWidth={1040}
          />
          <LoadMore list={deals} />
        </>
      )}
    </QuerySection>
  );
}

function useColumns(deals: readonly DisclosedDealView[]): readonly Column<DisclosedDealView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const copied = useDealCopyColumns(deals);
  const took = ({ partnerName, role, participants }: DisclosedDealView) => [
    { id: 'partner', name: partnerName, role },
    ...participants,
  ];
  return [
    {
      key: 'name',
      title: t('deals.one'),
      isHeading: true,
      cell: ({ name, campaignTitle }) => (
        <>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name === '' ? t('sharedDeals.noName') : name}
          </Text>
          <Text size="xs" c="dimmed">
            {campaignTitle}
          </Text>
        </>
      ),
    },
    {
      key: 'partners',
      title: t('disclosedDeals.partners'),
      cell: (deal) =>
        took(deal).map(({ id, name, role }) => (
          <Text key={id} size="sm">
            {t('dealShares.as', { who: name, role: t(`dealShares.roles.${role}`) })}
          </Text>
        )),
    },
    ...copied,
    {
      key: 'shared',
      title: t('sharedLeads.since'),
      orderBy: ({ sharedAt }) => sharedAt,
      cell: ({ sharedBy, sharedAt }) => (
        <>
          <Text size="sm">{format.moment(sharedAt)}</Text>
          <Text size="xs" c="dimmed">
            {sharedBy}
          </Text>
        </>
      ),
    },
  ];
}
