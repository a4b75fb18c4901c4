import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DealView, WITHDRAWAL_REASONS } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { meanwhileChanges, StaleChanges, staleVersion } from '../../shared/leads/StaleDeal';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { withdrawDeal } from './api';

interface WithdrawDealProps {
  readonly deal: DealView;
}

/** Takes a deal that was entered by mistake out of all lists and sums. */
export function WithdrawDeal({ deal: { id, name, version } }: WithdrawDealProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState<(typeof WITHDRAWAL_REASONS)[number]>('mistake');
  // As it was when the dialog opened: the deal may be read again while the user chooses.
  const [seen, setSeen] = useState(version);
  const withdraw = useMutation({
    mutationFn: () => withdrawDeal(id, reason, seen),
    onSuccess: async () => {
      close();
      await invalidate(client, queryKeys.deals, queryKeys.leads);
    },
    // The user reads what was changed, and may withdraw the deal as it is now.
    onError: (error) => {
      setSeen(staleVersion(error) ?? seen);
      void invalidate(client, queryKeys.deals, queryKeys.leads);
    },
  });
  const begin = () => {
    withdraw.reset();
    setSeen(version);
    open();
  };
  const others = meanwhileChanges(withdraw.error);
  return (
    <>
      <Button variant="default" size="xs" onClick={begin}>
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
          {others === null ? (
            <ProblemNote error={withdraw.error} />
          ) : (
            <Alert color="yellow" title={t('deals.withdrawStale')} role="alert">
              {others.length > 0 && <StaleChanges changes={others} />}
              <Text size="sm" mt="xs">
                {t('deals.withdrawStaleHow')}
              </Text>
            </Alert>
          )}
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
