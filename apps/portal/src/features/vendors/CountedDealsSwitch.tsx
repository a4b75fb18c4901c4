import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView } from '#contracts';
import { ConsentSwitch } from '../../shared/ConsentSwitch';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { saveCountedDeals } from './api';

/** Whether a partner's won deals count in sums without names. Not while its totals are shown with its name. */
export function CountedDealsSwitch({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { isCounted, changedBy, changedAt } = vendor.countedDeals;
  if (vendor.totals.isShared) return null;
  return (
    <ConsentSwitch
      label={t('dealSums.count', { vendor: vendor.name })}
      risk={t('dealSums.risk')}
      isGiven={isCounted}
      changedBy={changedBy}
      changedAt={changedAt}
      onSave={async (next) => {
        await saveCountedDeals({ vendorId: vendor.vendorId, isCounted: next });
        await invalidate(client, queryKeys.vendors);
      }}
    />
  );
}
