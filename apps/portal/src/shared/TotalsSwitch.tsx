import { useQueryClient } from '@tanstack/react-query';
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from '@tanstack/react-query';
import { type PartnerVendorView, TOTALS_WORDING } from '#contracts';
import { ConsentSwitch } from './ConsentSwitch';
import { invalidate, queryKeys } from './query-keys';
import { ProblemNote } from './ProblemNote';
import { saveSharedTotals } from './requests';
import { useCan } from './session';

/** Whether a vendor sees the partner's exact totals. In force at once. */
export function TotalsSwitch({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { isShared, wording, changedBy, changedAt } = vendor.totals;
  const save = async (next: boolean) => {
    await saveSharedTotals({ vendorId: vendor.vendorId, isShared: next, wording: TOTALS_WORDING });
    await invalidate(client, queryKeys.vendors, queryKeys.offerDetails, queryKeys.sharedTotals);
  };
  return (
    <>
      <ConsentSwitch
        label={t('totals.share', { vendor: vendor.name })}
        risk={t('totals.risk')}
        isGiven={isShared}
        changedBy={changedBy}
        changedAt={changedAt}
        onSave={save}
      />
      {isShared && wording !== TOTALS_WORDING && <EarlierWording vendor={vendor.name} onAgree={() => save(true)} />}
    </>
  );
}

interface EarlierWordingProps {
  readonly vendor: string;
  readonly onAgree: () => Promise<unknown>;
}

/** For a choice from before the sentence named days: they are not shown until a person agrees to it. */
function EarlierWording({ vendor, onAgree }: EarlierWordingProps) {
  const { t } = useTranslation();
  const can = useCan();
  const agree = useMutation({ mutationFn: onAgree });
  return (
    <Group gap="sm">
      <Text size="sm" maw={560}>
        {t('totals.earlierWording', { vendor })}
      </Text>
      {can('activations.launch') && (
        <Button size="xs" variant="default" loading={agree.isPending} onClick={() => agree.mutate()}>
          {t('totals.agreeToDays')}
        </Button>
      )}
      <ProblemNote error={agree.error} />
    </Group>
  );
}
