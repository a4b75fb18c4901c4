import { Switch, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView } from '#contracts';
import { useFormat } from './format';
import { ProblemNote } from './ProblemNote';
import { invalidate, queryKeys } from './query-keys';
import { saveSharedTotals } from './requests';
import { useCan } from './session';

/** Whether a vendor sees the partner's exact totals. In force at once. */
export function TotalsSwitch({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const { isShared, changedBy, changedAt } = vendor.totals;
  const save = useMutation({
    mutationFn: (next: boolean) => saveSharedTotals({ vendorId: vendor.vendorId, isShared: next }),
    onSuccess: () => invalidate(client, queryKeys.vendors, queryKeys.offerDetails, queryKeys.sharedTotals),
  });
  return (
    <Stack gap="xs">
      <Switch
        label={t('totals.share', { vendor: vendor.name })}
        description={t('totals.risk')}
        checked={save.isPending ? save.variables : isShared}
        disabled={!can('activations.launch') || save.isPending}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
      />
      {changedBy !== null && changedAt !== null && (
        <Text size="xs" c="dimmed">
          {t('totals.changed', { by: changedBy, at: format.moment(changedAt) })}
        </Text>
      )}
      <ProblemNote error={save.error} />
    </Stack>
  );
}
