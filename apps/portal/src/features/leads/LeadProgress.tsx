import { NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Amount, LeadView } from '#contracts';
import { useOptimistic } from '../../shared/optimistic';
import { Dialog } from '../../shared/Dialog';
import { AmountForm } from './AmountForm';
import { ChangeAmount } from './ChangeAmount';
import { FollowUp } from './FollowUp';
import { updateLead } from './api';
import type { LeadChangeProps } from './lead-change';
import { queryKeys } from '../../shared/query-keys';

interface Move {
  readonly status: LeadView['next'][number];
  readonly amount?: Amount;
}

const TAKEN_UP: ReadonlySet<LeadView['status']> = new Set(['accepted', 'working']);

/**
 * Moves a lead to one of its next states.
 * For a won lead it asks for the amount.
 */
export function LeadProgress({ lead, onChanged }: LeadChangeProps) {
  const { t } = useTranslation();
  const [isWinning, setWinning] = useState(false);
  const move = useOptimistic({
    list: queryKeys.leads,
    // The next states come from the server.
    // Until then the old ones stay.
    shown: (row: LeadView, { status, amount }: Move) =>
      row.id === lead.id ? { ...row, status, amount: amount ?? row.amount, next: [] } : row,
    ask: (body) => updateLead(lead.id, body),
    onDone: (changed) => {
      setWinning(false);
      onChanged?.(changed);
    },
  });
  if (lead.next.length === 0 && !move.isPending) return null;
  const choose = (status: string): void => {
    const chosen = lead.next.find((one) => one === status);
    if (chosen === 'won') setWinning(true);
    else if (chosen !== undefined) move.mutate({ status: chosen });
  };
  return (
    <Stack gap="xs">
      <NativeSelect
        aria-label={t('leads.status', { name: lead.name })}
        value={lead.status}
        disabled={move.isPending}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[lead.status, ...lead.next].map((status) => ({ value: status, label: t(`status.${status}`) }))}
      />
      {lead.status === 'won' && <ChangeAmount lead={lead} onChanged={onChanged} />}
      {(TAKEN_UP.has(lead.status) || (lead.status === 'won' && lead.askedAgain)) && (
        <FollowUp lead={lead} onChanged={onChanged} />
      )}
      <Dialog opened={isWinning} onClose={() => setWinning(false)} title={t('leads.won', { name: lead.name })} centered>
        <AmountForm
          amount={lead.amount}
          how={t('leads.wonHow')}
          label={t('leads.wonSave')}
          isSaving={move.isPending}
          onSave={(amount) => move.mutate({ status: 'won', ...(amount === null ? {} : { amount }) })}
        />
      </Dialog>
    </Stack>
  );
}
