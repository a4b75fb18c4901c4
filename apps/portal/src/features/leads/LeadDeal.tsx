import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { DealForm } from '../../shared/leads/DealForm';
import { statusOf } from '../../shared/leads/deal-text';
import { formatMoney } from '../../shared/money';
import { useCan } from '../../shared/session';
import { StatusBadge } from '../../shared/StatusBadge';
import { useUserLocale } from '../../shared/user-locale';
import { useSaveDeal } from './api';
import type { LeadChangeProps } from './lead-change';

const NEW_DEAL = {
  version: 0,
  stage: 'qualified',
  expectedOn: null,
  closedOn: null,
  lostReason: null,
  products: [],
} as const;

/** The deal of a lead: what it is worth, and when it is or was decided. */
export function LeadDeal({ lead, onChanged }: LeadChangeProps) {
  const { t } = useTranslation();
  const canEdit = useCan()('leads.edit');
  const [opened, { open, close }] = useDisclosure(false);
  const [dealId, setDealId] = useState<string | null>(null);
  const save = useSaveDeal(lead.id, dealId, (changed) => {
    close();
    onChanged?.(changed);
  });
  const begin = () => {
    save.reset();
    setDealId(lead.deal?.id ?? null);
    open();
  };
  const { deal, amount, name } = lead;
  const label = t(deal === null ? 'deals.add' : 'deals.change');
  return (
    <Stack gap={4} align="flex-start">
      <Title order={3} size="h4">
        {t('deals.one')}
      </Title>
      {deal === null ? <Text size="sm">{t('deals.noneYet')}</Text> : <DealLine lead={{ deal, amount }} />}
      {canEdit && (
        <Button variant="default" size="xs" aria-label={`${label}: ${name}`} onClick={begin}>
          {label}
        </Button>
      )}
      <Dialog opened={opened} onClose={close} title={t('deals.of', { name })} centered>
        <DealForm
          deal={{ ...(deal ?? NEW_DEAL), amount }}
          isSaving={save.isPending}
          error={save.error}
          onSave={(body, version) => save.mutate({ body, version })}
        />
      </Dialog>
    </Stack>
  );
}

interface DealLineProps {
  readonly lead: {
    readonly deal: NonNullable<LeadChangeProps['lead']['deal']>;
    readonly amount: LeadChangeProps['lead']['amount'];
  };
}

function DealLine({ lead: { deal, amount } }: DealLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  const { closedOn, expectedOn, products } = deal;
  const lines = [
    closedOn === null ? '' : t('deals.closed', { day: format.day(closedOn) }),
    closedOn !== null || expectedOn === null ? '' : t('deals.expected', { day: format.day(expectedOn) }),
    products.join(', '),
  ].filter((line) => line !== '');
  return (
    <Group gap="xs">
      <StatusBadge status={statusOf(deal.stage)} label={t(`deals.stages.${deal.stage}`)} />
      <Text size="sm" fw={600}>
        {amount === null ? t('deals.noAmount') : formatMoney(locale, amount)}
      </Text>
      {lines.map((line) => (
        <Text key={line} size="sm" c="dimmed">
          {line}
        </Text>
      ))}
    </Group>
  );
}
