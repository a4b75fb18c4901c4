import { Stack, Text, UnstyledButton } from '@mantine/core';
import { IconTargetArrow } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DisclosedLead } from '#contracts';
import { isId } from '../../shared/address-values';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ContactLines } from '../../shared/leads/ContactLines';
import { ListScreen } from '../../shared/ListScreen';
import { useUrlState } from '../../shared/url-state';
import { DisclosedDeals } from './DisclosedDeals';
import { LeadAnswer } from './LeadAnswer';
import { Recipient } from './Recipient';
import { SharedLeadDrawer } from './SharedLeadDrawer';
import { useSharedLeads } from './api';

/**
 * Leads that partners share with a vendor, the newest first. `?lead=` opens one:
 * e-mails link to it.
 */
export function SharedLeadsScreen() {
  const { t } = useTranslation();
  const [opened, open] = useUrlState<string>('lead', '', isId);
  const list = useSharedLeads();
  const columns = useColumns(open);
  return (
    <ListScreen
      title={t('sharedLeads.title')}
      lead={t('sharedLeads.lead')}
      list={list}
      empty={{ icon: IconTargetArrow, title: t('sharedLeads.none'), text: t('sharedLeads.noneText') }}
      after={
        <>
          <DisclosedDeals />
          <Recipient />
          <SharedLeadDrawer id={opened === '' ? null : opened} loaded={list.data ?? []} onClose={() => open('')} />
        </>
      }
    >
      {(items, isWhole) => (
        <DataTable
          label={t('sharedLeads.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          minWidth={820}
        />
      )}
    </ListScreen>
  );
}

function useColumns(onOpen: (id: string) => void): readonly Column<DisclosedLead>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'person',
      title: t('leads.person'),
      isHeading: true,
      cell: (lead) => <SharedPerson lead={lead} onOpen={onOpen} />,
    },
    {
      key: 'partner',
      title: t('sharedLeads.partner'),
      orderBy: ({ partnerName }) => partnerName,
      cell: ({ partnerName }) => partnerName,
    },
    {
      key: 'campaign',
      title: t('leads.campaign'),
      orderBy: ({ campaignTitle }) => campaignTitle,
      maxWidth: 220,
      cell: ({ campaignTitle }) => campaignTitle,
    },
    {
      key: 'shared',
      title: t('sharedLeads.since'),
      orderBy: ({ disclosedAt }) => disclosedAt,
      cell: ({ disclosedAt }) => format.moment(disclosedAt),
    },
    {
      key: 'answer',
      title: t('sharedLeads.answer'),
      maxWidth: 280,
      cell: (lead) => <LeadAnswer lead={lead} />,
    },
  ];
}

interface SharedPersonProps {
  readonly lead: DisclosedLead;
  readonly onOpen: (id: string) => void;
}

function SharedPerson({ lead: { id, person, phoneLink, purpose }, onOpen }: SharedPersonProps) {
  const { t } = useTranslation();
  const called = person.name ?? person.company ?? person.email ?? t('sharedLeads.unnamed');
  return (
    <Stack gap={2} align="flex-start">
      <UnstyledButton aria-label={t('sharedLeads.open', { name: called })} onClick={() => onOpen(id)}>
        <Text size="sm" fw={600} c="var(--mantine-color-anchor)" style={{ overflowWrap: 'anywhere' }}>
          {called}
        </Text>
      </UnstyledButton>
      {person.company !== undefined && person.company !== called && (
        <Text size="sm" c="dimmed">
          {person.company}
        </Text>
      )}
      <ContactLines email={person.email} phone={phoneLink} />
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {purpose}
      </Text>
    </Stack>
  );
}
