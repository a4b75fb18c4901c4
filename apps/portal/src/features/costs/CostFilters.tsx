import { useTranslation } from 'react-i18next';
import { COST_SORTS, COST_TACTICS } from '#contracts';
import { AddressSelect } from '../../shared/AddressSelect';
import { useCostChoices } from '../../shared/cost-choices';
import { DayRangeFilter } from '../../shared/DayRangeFilter';
import { useListQuery } from '../../shared/list-query';
import { useReaderTitle } from '../../shared/reader-title';

const FILTERS = ['campaignId', 'partnerId', { name: 'tactic', values: COST_TACTICS }, 'from', 'to'];

/** What costs are listed and in which order, from the address. */
export const useCostQuery = () => useListQuery(FILTERS, COST_SORTS);

/** Chooses costs by campaign, partner, tactic and period. */
export function CostFilters({ isVendor }: { readonly isVendor: boolean }) {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  const choices = useCostChoices();
  const { campaigns, partners } = choices.data ?? {};
  return (
    <>
      <AddressSelect
        name="campaignId"
        label={t('costs.campaign')}
        options={campaigns?.map((one) => ({ value: one.id, label: readerTitle(one) }))}
        ofRecords
      />
      {isVendor && (
        <AddressSelect
          name="partnerId"
          label={t('costs.partner')}
          options={partners?.map(({ id, name }) => ({ value: id, label: name }))}
          ofRecords
        />
      )}
      <AddressSelect
        name="tactic"
        label={t('costs.tactic')}
        options={COST_TACTICS.map((value) => ({ value, label: t(`costs.tactics.${value}`) }))}
      />
      <DayRangeFilter label={t('costs.period')} names={['from', 'to']} />
    </>
  );
}
