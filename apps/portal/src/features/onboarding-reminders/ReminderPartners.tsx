import { Anchor, Select, Stack } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OnboardingReminderPartner, OnboardingReminderState } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { List } from '../../shared/ListScreen';
import { Section } from '../../shared/Section';
import { useReminderPartners } from './api';

const STATES: readonly OnboardingReminderState[] = [
  'waiting',
  'held-out',
  'launched',
  'ignored',
  'enough',
  'refused',
  'hidden',
  'ended',
];

/** Partners that became due for reminders, and why one gets no more. */
export function ReminderPartners() {
  const { t } = useTranslation();
  const [state, setState] = useState<OnboardingReminderState | null>(null);
  const partners = useReminderPartners(state);
  const columns = useColumns();
  return (
    <Section title={t('onboardingReminders.partners')} text={t('onboardingReminders.partnersWhy')}>
      <Stack>
        <Select
          label={t('onboardingReminders.state')}
          placeholder={t('onboardingReminders.anyState')}
          clearable
          maw={360}
          value={state}
          onChange={(chosen) => setState(STATES.find((one) => one === chosen) ?? null)}
          data={STATES.map((one) => ({ value: one, label: t(`onboardingReminders.states.${one}`) }))}
        />
        <List
          list={partners}
          height={180}
          empty={{
            icon: IconMailForward,
            title: t('onboardingReminders.nobody'),
            text: t('onboardingReminders.nobodyText'),
          }}
        >
          {(items, isWhole) => (
            <DataTable
              label={t('onboardingReminders.partners')}
              items={items}
              isWhole={isWhole}
              idOf={({ partnerId }) => partnerId}
              columns={columns}
              minWidth={640}
            />
          )}
        </List>
      </Stack>
    </Section>
  );
}

function useColumns(): readonly Column<OnboardingReminderPartner>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('partners.partner'),
      isHeading: true,
      cell: ({ partnerId, name }) => (
        <Anchor component={Link} to={`/partners/${partnerId}`} size="sm" fw={600}>
          {name}
        </Anchor>
      ),
    },
    { key: 'due', title: t('onboardingReminders.dueAt'), cell: ({ dueAt }) => format.date(dueAt) },
    {
      key: 'sent',
      title: t('onboardingReminders.sent'),
      cell: ({ sent, lastSentAt }) =>
        lastSentAt === null
          ? format.number(sent)
          : t('onboardingReminders.sentLast', { sent: format.number(sent), at: format.moment(lastSentAt) }),
    },
    {
      key: 'state',
      title: t('onboardingReminders.state'),
      cell: ({ state, nextAt }) =>
        nextAt === null
          ? t(`onboardingReminders.states.${state}`)
          : t('onboardingReminders.nextAt', { at: format.moment(nextAt) }),
    },
  ];
}
