import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView } from '#contracts';
import { ConsentSwitch } from './ConsentSwitch';
import { invalidate, queryKeys } from './query-keys';
import { saveSharedTotals } from './requests';

/** Whether a vendor sees the partner's exact totals. In force at once. */
export function TotalsSwitch({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { isShared, changedBy, changedAt } = vendor.totals;
  return (
    <ConsentSwitch
      label={t('totals.share', { vendor: vendor.name })}
      risk={t('totals.risk')}
      isGiven={isShared}
      changedBy={changedBy}
      changedAt={changedAt}
      onSave={async (next) => {
        await saveSharedTotals({ vendorId: vendor.vendorId, isShared: next });
        await invalidate(client, queryKeys.vendors, queryKeys.offerDetails, queryKeys.sharedTotals);
      }}
    />
  );
}
