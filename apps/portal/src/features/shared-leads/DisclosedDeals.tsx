import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DISCLOSED_DEAL_SORTS, type DisclosedDealView } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useDealCopyColumns } from '../../shared/leads/deal-copy-columns';
import { withQuery } from '../../shared/list-query';
import { LoadMore } from '../../shared/LoadMore';
import { QuerySection } from '../../shared/QuerySection';
import { DisclosedDealFilters, useDisclosedDealQuery } from './DisclosedDealFilters';
import { useDisclosedDeals } from './api';

/** Deals that partners show to a vendor, the newest first until a column is sorted. */
export function DisclosedDeals() {
  const { t } = useTranslation();
  const { search, query, isNarrowed } = useDisclosedDealQuery();
  const deals = useDisclosedDeals(query);
  const columns = useColumns(deals.data ?? []);
  return (
    <QuerySection
      id="disclosed-deals"
      title={t('disclosedDeals.title')}
      lead={t('disclosedDeals.lead')}
      actions={<CsvLink path={withQuery('/disclosed-deals/list.csv', query)} label={t('disclosedDeals.csv')} />}
      query={deals}
      height={120}
      noneText={(items) => (items.length === 0 && !isNarrowed ? t('disclosedDeals.none') : null)}
    >
      {(items) => (
        <>
          <DisclosedDealFilters search={search} />
          {items.length === 0 && <Text size="sm">{t('common.nothingFound')}</Text>}
          <DataTable
            label={t('disclosedDeals.title')}
            items={items}
            isWhole={!deals.hasMore}
            orderName="dealsSort"
            serverSorts={DISCLOSED_DEAL_SORTS}
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
      key: 'sharedAt',
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
