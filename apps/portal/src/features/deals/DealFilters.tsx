import { useTranslation } from 'react-i18next';
import { DEAL_SORTS, DEAL_STAGES } from '#contracts';
import { isCurrencyCode, isId } from '../../shared/address-values';
import { AddressSelect } from '../../shared/AddressSelect';
import { useCostChoices } from '../../shared/cost-choices';
import { CurrencySelect } from '../../shared/CurrencySelect';
import { DayRangeFilter } from '../../shared/DayRangeFilter';
import { useListQuery } from '../../shared/list-query';
import type { Search } from '../../shared/ListScreen';
import { useReaderTitle } from '../../shared/reader-title';
import { useUrlState } from '../../shared/url-state';

/** What the filter by stage chooses. */
const SHOWN = ['open', 'overdue', ...DEAL_STAGES, 'withdrawn'] as const;

const FILTERS = [
  { name: 'stage', values: SHOWN },
  { name: 'campaignId', values: (text: string) => text === 'none' || isId(text) },
  'currency',
  'closedFrom',
  'closedTo',
  'expectedFrom',
  'expectedTo',
] as const;

/** What deals are listed and in which order, from the address. */
export const useDealQuery = ({ sought }: Search) => useListQuery(FILTERS, DEAL_SORTS, sought);

/** Chooses deals by stage, campaign, currency and days. */
export function DealFilters() {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  const [currency, choose] = useUrlState<string>('currency', '', isCurrencyCode);
  const { campaigns } = useCostChoices().data ?? {};
  return (
    <>
      <AddressSelect
        name="stage"
        label={t('deals.stage')}
        options={[
          { value: 'open', label: t('deals.show.open') },
          { value: 'overdue', label: t('deals.show.overdue') },
          ...DEAL_STAGES.map((value) => ({ value, label: t(`deals.stages.${value}`) })),
          { value: 'withdrawn', label: t('deals.show.withdrawn') },
        ]}
      />
      <AddressSelect
        name="campaignId"
        label={t('deals.campaign')}
        options={
          campaigns && [
            ...campaigns.map((one) => ({ value: one.id, label: readerTitle(one) })),
            { value: 'none', label: t('returns.noCampaign') },
          ]
        }
        ofRecords
      />
      <CurrencySelect value={currency} onChange={choose} every={t('common.every')} />
      <DayRangeFilter label={t('deals.decision')} names={['closedFrom', 'closedTo']} />
      <DayRangeFilter label={t('deals.expectedOn')} names={['expectedFrom', 'expectedTo']} />
    </>
  );
}
