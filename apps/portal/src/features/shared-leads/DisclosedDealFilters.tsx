import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DEAL_STAGES, DISCLOSED_DEAL_SORTS } from '#contracts';
import { AddressSelect } from '../../shared/AddressSelect';
import { useCostChoices } from '../../shared/cost-choices';
import { useListQuery } from '../../shared/list-query';
import { type Search, useSharedSearch } from '../../shared/ListScreen';
import { useReaderTitle } from '../../shared/reader-title';
import { SearchField } from '../../shared/SearchField';
import { useCan } from '../../shared/session';

const FILTERS = [{ name: 'stage', values: ['open', ...DEAL_STAGES] }, 'campaignId'];

/** What deals are listed and in which order, from the address. */
export function useDisclosedDealQuery() {
  const search = useSharedSearch('dealsQ');
  return { search, ...useListQuery(FILTERS, DISCLOSED_DEAL_SORTS, search.sought, 'deals') };
}

/** Chooses deals by partner, stage and campaign. */
export function DisclosedDealFilters({ search }: { readonly search: Search }) {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  const canRead = useCan()('vendor-costs.read');
  const { campaigns } = useCostChoices(canRead).data ?? {};
  return (
    <Group align="flex-end">
      <SearchField label={t('disclosedDeals.search')} search={search} />
      <AddressSelect
        name="dealsStage"
        label={t('deals.stage')}
        options={[
          { value: 'open', label: t('deals.show.open') },
          ...DEAL_STAGES.map((value) => ({ value, label: t(`deals.stages.${value}`) })),
        ]}
      />
      {canRead && (
        <AddressSelect
          name="dealsCampaignId"
          label={t('deals.campaign')}
          options={campaigns?.map((one) => ({ value: one.id, label: readerTitle(one) }))}
          ofRecords
        />
      )}
    </Group>
  );
}
