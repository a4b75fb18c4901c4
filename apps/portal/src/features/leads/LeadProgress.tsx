import { Button, Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Amount, LeadView } from '#contracts';
import { CURRENCIES, toMinorUnits } from '../../shared/money';
import { useOptimistic } from '../../shared/optimistic';
import { Dialog } from '../../shared/Dialog';
import { FollowUp } from './FollowUp';
import { updateLead } from './api';
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
export function LeadProgress({ lead }: { readonly lead: LeadView }) {
  const { t } = useTranslation();
  const [isWinning, setWinning] = useState(false);
  const move = useOptimistic({
    list: queryKeys.leads,
    // The next states come from the server.
    // Until then the old ones stay.
    shown: (row: LeadView, { status, amount }: Move) =>
      row.id === lead.id ? { ...row, status, amount: amount ?? row.amount, next: [] } : row,
    ask: (body) => updateLead(lead.id, body),
    onDone: () => setWinning(false),
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
      {TAKEN_UP.has(lead.status) && <FollowUp lead={lead} />}
      <Dialog opened={isWinning} onClose={() => setWinning(false)} title={t('leads.won', { name: lead.name })} centered>
        <Worth
          amount={lead.amount}
          isSaving={move.isPending}
          onSave={(amount) => move.mutate({ status: 'won', ...(amount === null ? {} : { amount }) })}
        />
      </Dialog>
    </Stack>
  );
}

interface WorthProps {
  readonly amount: Amount | null;
  readonly isSaving: boolean;
  /** Null: unknown, or unchanged. */
  readonly onSave: (amount: Amount | null) => void;
}

function Worth({ amount, isSaving, onSave }: WorthProps) {
  const { t } = useTranslation();
  const [currency, setCurrency] = useState(amount?.currency ?? CURRENCIES[0]);
  const [value, setValue] = useState<number | ''>('');
  const save = () => onSave(value === '' ? null : { minorUnits: toMinorUnits(value, currency), currency });
  return (
    <Stack>
      <Text size="sm">{t('leads.wonHow')}</Text>
      <Group align="flex-end" wrap="nowrap">
        <NumberInput
          label={t('leads.amount')}
          min={0}
          max={1_000_000_000}
          clampBehavior="strict"
          decimalScale={2}
          value={value}
          onChange={(next) => setValue(typeof next === 'number' ? next : '')}
          style={{ flexGrow: 1 }}
        />
        <NativeSelect
          label={t('leads.currency')}
          value={currency}
          data={[...new Set([currency, ...CURRENCIES])]}
          onChange={(event) => setCurrency(event.currentTarget.value)}
        />
      </Group>
      <Group justify="flex-end">
        <Button loading={isSaving} onClick={save}>
          {t('leads.wonSave')}
        </Button>
      </Group>
    </Stack>
  );
}
