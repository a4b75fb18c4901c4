import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { COST_TACTICS } from '#contracts';
import { useReaderTitle } from '../../shared/reader-title';
import { useUrlState } from '../../shared/url-state';
import { useCostChoices } from './api';

/** What costs are listed, from the address. @returns the query for the API; empty: all. */
export function useCostFilter(): string {
  const [campaignId] = useUrlState<string>('campaignId', '');
  const [partnerId] = useUrlState<string>('partnerId', '');
  const [tactic] = useUrlState<string>('tactic', '');
  const chosen = Object.entries({ campaignId, partnerId, tactic }).filter(([, value]) => value !== '');
  return new URLSearchParams(chosen).toString();
}

/** Chooses costs by campaign, partner and tactic. */
export function CostFilters({ isVendor }: { readonly isVendor: boolean }) {
  const { t } = useTranslation();
  const readerTitle = useReaderTitle();
  const choices = useCostChoices();
  const { campaigns = [], partners = [] } = choices.data ?? {};
  return (
    <>
      <Filter
        name="campaignId"
        label={t('costs.campaign')}
        options={campaigns.map((one) => ({ value: one.id, label: readerTitle(one) }))}
      />
      {isVendor && (
        <Filter
          name="partnerId"
          label={t('costs.partner')}
          options={partners.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Filter
        name="tactic"
        label={t('costs.tactic')}
        options={COST_TACTICS.map((value) => ({ value, label: t(`costs.tactics.${value}`) }))}
      />
    </>
  );
}

interface FilterProps {
  readonly name: 'campaignId' | 'partnerId' | 'tactic';
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function Filter({ name, label, options }: FilterProps) {
  const { t } = useTranslation();
  const [value, choose] = useUrlState<string>(name, '');
  return (
    <NativeSelect
      label={label}
      value={value}
      data={[{ value: '', label: t('costs.every') }, ...options]}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    />
  );
}
