import { Drawer, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DisclosedLead } from '#contracts';
import { useFormat } from '../../shared/format';
import { useLastRow } from '../../shared/last-row';
import { ContactLines } from '../../shared/leads/ContactLines';
import { Loaded } from '../../shared/Page';
import { useCan } from '../../shared/session';
import { AnswerForm } from './AnswerForm';
import { LeadAnswer } from './LeadAnswer';
import { useSharedLead } from './api';

interface SharedLeadDrawerProps {
  /** Of the disclosure; null: closed. */
  readonly id: string | null;
  /** Leads that are already loaded; another one is fetched. */
  readonly loaded: readonly DisclosedLead[];
  readonly onClose: () => void;
}

/** A lead that a partner shares: the data, the reason, and the answer. */
export function SharedLeadDrawer({ id, loaded, onClose }: SharedLeadDrawerProps) {
  const { t } = useTranslation();
  const { known, last } = useLastRow(id, loaded);
  const fetched = useSharedLead(id ?? '', {
    enabled: id !== null && known === undefined,
    placeholderData: last,
    retry: false,
  });
  const query = known === undefined ? fetched : { ...fetched, data: known, error: null };
  return (
    <Drawer opened={id !== null} onClose={onClose} position="right" size="lg" title={t('sharedLeads.one')}>
      {id !== null && (
        <Loaded query={query} height={400}>
          {(lead) => <SharedLead lead={lead} />}
        </Loaded>
      )}
    </Drawer>
  );
}

function SharedLead({ lead }: { readonly lead: DisclosedLead }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { person, phoneLink, partnerName, campaignTitle, purpose, disclosedBy, disclosedAt } = lead;
  return (
    <Stack>
      <Stack gap={4} align="flex-start">
        <Title order={2} size="h3">
          {person.name ?? person.company ?? person.email ?? t('sharedLeads.unnamed')}
        </Title>
        {person.company !== undefined && <Text size="sm">{person.company}</Text>}
        <ContactLines email={person.email} phone={phoneLink} />
        {person.message !== undefined && (
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {person.message}
          </Text>
        )}
      </Stack>
      <Stack gap={4}>
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {t('disclosures.because', { purpose })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('sharedLeads.by', { partner: partnerName, by: disclosedBy, at: format.moment(disclosedAt) })}
        </Text>
        <Text size="sm" c="dimmed">
          {campaignTitle}
        </Text>
        <Text size="sm" c="dimmed">
          {t('sharedLeads.revocable')}
        </Text>
      </Stack>
      <LeadAnswer lead={lead} />
      {can('disclosures.edit') && <AnswerForm key={lead.id} lead={lead} />}
    </Stack>
  );
}
