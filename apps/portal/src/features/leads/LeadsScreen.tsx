import { Button, SegmentedControl } from '@mantine/core';
import { IconTargetArrow } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useCan } from '../../shared/session';
import { DataTable } from '../../shared/DataTable';
import { ListScreen } from '../../shared/ListScreen';
import { ContactDrawer } from '../../shared/contacts/ContactDrawer';
import { useHandledLeads } from './handled-leads';
import { useLeadColumns } from './lead-columns';
import { LeadDrawer } from './LeadDrawer';
import { LeadMails } from './LeadMails';
import { LeadProgress } from './LeadProgress';
import { useLeads } from './api';

/**
 * A partner's leads, the newest first. `?lead=` opens one: e-mails link to it.
 */
export function LeadsScreen() {
  const { t } = useTranslation();
  const canEdit = useCan()('leads.edit');
  const [query, setQuery] = useSearchParams();
  const isWaiting = query.get('waiting') === 'yes';
  const loaded = useLeads(isWaiting);
  const handled = useHandledLeads();
  const list = { ...loaded, data: loaded.data && handled.among(loaded.data) };
  const [personId, setPerson] = useState<string | null>(null);
  const open = (id: string | null) => setQuery((known) => withLead(known, id), { replace: true });
  const columns = useLeadColumns(open);
  const empty = isWaiting ? 'leads.noneWaiting' : 'leads.none';
  return (
    <ListScreen
      title={t('leads.title')}
      lead={t('leads.lead')}
      list={list}
      actions={
        <Button component={Link} to="/deals" variant="default">
          {t('deals.title')}
        </Button>
      }
      filter={
        <WaitingFilter
          isWaiting={isWaiting}
          onWaiting={(waiting) => {
            handled.clear();
            setQuery(waiting ? { waiting: 'yes' } : {}, { replace: true });
          }}
        />
      }
      empty={{ icon: IconTargetArrow, title: t(empty), text: t(`${empty}Text`) }}
      after={
        <>
          <LeadMails />
          <LeadDrawer
            leadId={query.get('lead')}
            loaded={list.data ?? []}
            onClose={() => open(null)}
            onChanged={handled.add}
            onPerson={(contactId) => {
              open(null);
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
          minWidth={960}
          actions={canEdit && ((lead) => <LeadProgress lead={lead} onChanged={handled.add} />)}
        />
      )}
    </ListScreen>
  );
}

function withLead(known: URLSearchParams, id: string | null): URLSearchParams {
  const next = new URLSearchParams(known);
  if (id === null) next.delete('lead');
  else next.set('lead', id);
  return next;
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
