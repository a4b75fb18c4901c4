import { Anchor, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconTargetArrow } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { LeadView } from '#contracts';
import { useCan } from '../../shared/session';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { StatusBadge } from '../../shared/StatusBadge';
import { formatMoney } from '../../shared/money';
import { ContactDrawer } from '../../shared/contacts/ContactDrawer';
import { LeadOrigin } from './LeadOrigin';
import { LeadDrawer } from './LeadDrawer';
import { LeadProgress } from './LeadProgress';
import { useLeads } from './api';

/** New leads arrive at any time. */
const LOOK_AGAIN_MS = 15_000;

/** A partner's leads, the most urgent first. */
export function LeadsScreen() {
  const { t } = useTranslation();
  const canEdit = useCan()('leads.edit');
  const [query, setQuery] = useSearchParams();
  const isWaiting = query.get('waiting') === 'yes';
  const list = useLeads(isWaiting, LOOK_AGAIN_MS);
  const [openId, setOpen] = useState<string | null>(null);
  const [personId, setPerson] = useState<string | null>(null);
  const columns = useColumns(setOpen);
  return (
    <ListScreen
      title={t('leads.title')}
      lead={t('leads.lead')}
      list={list}
      isNarrowed={isWaiting}
      filter={
        <WaitingFilter
          isWaiting={isWaiting}
          onWaiting={(waiting) => setQuery(waiting ? { waiting: 'yes' } : {}, { replace: true })}
        />
      }
      empty={{ icon: IconTargetArrow, title: t('leads.none'), text: t('leads.noneText') }}
      after={
        <>
          <LeadDrawer
            lead={list.data?.find(({ id }) => id === openId) ?? null}
            onClose={() => setOpen(null)}
            onPerson={(contactId) => {
              setOpen(null);
              setPerson(contactId);
            }}
          />
          <ContactDrawer contactId={personId} onClose={() => setPerson(null)} />
        </>
      }
    >
      {(items, isWhole) => (
        <DataTable
          label={t('leads.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          minWidth={820}
          actions={canEdit && ((lead) => <LeadProgress lead={lead} />)}
        />
      )}
    </ListScreen>
  );
}

interface WaitingFilterProps {
  readonly isWaiting: boolean;
  readonly onWaiting: (isWaiting: boolean) => void;
}

function WaitingFilter({ isWaiting, onWaiting }: WaitingFilterProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('leads.shown')}
      value={isWaiting ? 'waiting' : 'all'}
      onChange={(shown) => onWaiting(shown === 'waiting')}
      data={(['all', 'waiting'] as const).map((shown) => ({ value: shown, label: t(`leads.show.${shown}`) }))}
    />
  );
}

function useColumns(onOpen: (id: string) => void): readonly Column<LeadView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'person',
      title: t('leads.person'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ id, name, company, email }) => (
        <Stack gap={2} align="flex-start">
          <UnstyledButton
            aria-label={t('leadHistory.of', { name: name || t('people.gone') })}
            onClick={() => onOpen(id)}
          >
            <Text size="sm" fw={600} c="var(--mantine-color-anchor)" style={{ overflowWrap: 'anywhere' }}>
              {name || t('people.gone')}
            </Text>
          </UnstyledButton>
          {company !== null && (
            <Text size="sm" c="dimmed">
              {company}
            </Text>
          )}
          <Anchor href={`mailto:${email}`} size="sm">
            {email}
          </Anchor>
        </Stack>
      ),
    },
    {
      key: 'state',
      title: t('leads.state'),
      orderBy: ({ status }) => t(`status.${status}`),
      maxWidth: 260,
      cell: (lead) => <LeadState lead={lead} />,
    },
    {
      key: 'came',
      title: t('leads.came'),
      orderBy: ({ createdAt }) => createdAt,
      cell: ({ createdAt }) => format.moment(createdAt),
    },
    {
      key: 'how',
      title: t('leads.how'),
      maxWidth: 360,
      cell: (lead) => <LeadOrigin lead={lead} />,
    },
  ];
}

/** State of a lead, and whether its clicks are questioned. */
function LeadState({ lead: { status, machineClicksAt, amount, followedUp } }: { readonly lead: LeadView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap={4} align="flex-start">
      <StatusBadge status={status} />
      {amount !== null && <Text size="sm">{formatMoney(i18n.language, amount)}</Text>}
      {followedUp !== null && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('leads.followedUp', { at: format.moment(followedUp.at), by: followedUp.by })}
          {followedUp.note !== null && `: ${followedUp.note}`}
        </Text>
      )}
      {status === 'withdrawn' && <Text size="sm">{t('leads.withdrawn')}</Text>}
      {machineClicksAt !== null && (
        <Text size="sm">{t('leads.machineClicks', { at: format.moment(machineClicksAt) })}</Text>
      )}
    </Stack>
  );
}
