import { Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView } from '#contracts';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { saveCountedDeals } from './api';
import { useCan } from '../../shared/session';

/** Whether a partner's won deals count in sums without names. Not while its totals are shown with its name. */
export function CountedDealsSwitch({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const { isCounted, changedBy, changedAt } = vendor.countedDeals;
  const save = useMutation({
    mutationFn: (next: boolean) => saveCountedDeals({ vendorId: vendor.vendorId, isCounted: next }),
    onSuccess: () => invalidate(client, queryKeys.vendors),
  });
  if (vendor.totals.isShared) return null;
  return (
    <Stack gap="xs">
      <Switch
        label={t('dealSums.count', { vendor: vendor.name })}
        description={t('dealSums.risk')}
        checked={save.isPending ? save.variables : isCounted}
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
