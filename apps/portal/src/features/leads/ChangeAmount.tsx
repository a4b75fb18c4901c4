import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Amount, LeadView } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { useOptimistic } from '../../shared/optimistic';
import { queryKeys } from '../../shared/query-keys';
import { AmountForm } from './AmountForm';
import { changeLeadAmount } from './api';
import type { LeadChangeProps } from './lead-change';

/** Corrects the amount of a won lead. The earlier ones stay in its history. */
export function ChangeAmount({ lead, onChanged }: LeadChangeProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const shown = t(lead.amount === null ? 'leads.addAmount' : 'leads.changeAmount');
  const change = useOptimistic({
    list: queryKeys.leads,
    shown: (row: LeadView, amount: Amount | null) => (row.id === lead.id ? { ...row, amount } : row),
    ask: (amount) => changeLeadAmount(lead.id, amount),
    onDone: (changed) => {
      close();
      onChanged?.(changed);
    },
  });
  return (
    <>
      <Button variant="default" size="xs" aria-label={`${shown}: ${lead.name}`} onClick={open}>
        {shown}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('leads.changeAmountOf', { name: lead.name })} centered>
        <AmountForm
          amount={lead.amount}
          how={t('leads.changeAmountHow')}
          label={t('leads.changeAmountSave')}
          isSaving={change.isPending}
          onSave={(amount) => change.mutate(amount)}
        />
      </Dialog>
    </>
  );
}
