import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DealView, WITHDRAWAL_REASONS } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { withdrawDeal } from './api';

interface WithdrawDealProps {
  readonly deal: DealView;
}

/** Takes a deal that was entered by mistake out of all lists and sums. */
export function WithdrawDeal({ deal: { id, name } }: WithdrawDealProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState<(typeof WITHDRAWAL_REASONS)[number]>('mistake');
  const withdraw = useMutation({
    mutationFn: () => withdrawDeal(id, reason),
    onSuccess: async () => {
      close();
      await invalidate(client, queryKeys.deals, queryKeys.leads);
    },
  });
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {t('deals.withdraw')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('deals.withdrawOf', { name })} centered>
        <Stack>
          <Text size="sm">{t('deals.withdrawHow')}</Text>
          <NativeSelect
            label={t('deals.lostReason')}
            value={reason}
            data={WITHDRAWAL_REASONS.map((value) => ({ value, label: t(`deals.withdrawalReasons.${value}`) }))}
            onChange={({ currentTarget: { value } }) =>
              setReason(WITHDRAWAL_REASONS.find((one) => one === value) ?? reason)
            }
          />
          <ProblemNote error={withdraw.error} />
          <Group justify="flex-end">
            <Button color="red" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
              {t('deals.withdraw')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}

/** Who withdrew a deal, and why. Nothing for a deal that counts. */
export function WithdrawnNote({ deal: { withdrawn } }: WithdrawDealProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (withdrawn === null) return null;
  const { by, at, reason } = withdrawn;
  return (
    <Alert color="gray" title={t('deals.withdrawn', { reason: t(`deals.withdrawalReasons.${reason}`) })} w="100%">
      {t('deals.withdrawnBy', { by, at: format.fullMoment(at) })}
    </Alert>
  );
}
