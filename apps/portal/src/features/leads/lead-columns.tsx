import { Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LeadView } from '#contracts';
import type { Column } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ContactLines } from '../../shared/leads/ContactLines';
import { formatMoney } from '../../shared/money';
import { useReaderTitle } from '../../shared/reader-title';
import { StatusBadge } from '../../shared/StatusBadge';
import { LeadOrigin } from './LeadOrigin';

/** Columns of the list of leads. */
export function useLeadColumns(onOpen: (id: string) => void): readonly Column<LeadView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  const campaignOf = ({ campaignTitle: title, campaignTitles: titles }: LeadView): string =>
    readerTitle({ title, titles });
  return [
    {
      key: 'person',
      title: t('leads.person'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: (lead) => <LeadPerson lead={lead} onOpen={onOpen} />,
    },
    {
      key: 'state',
      title: t('leads.state'),
      orderBy: ({ status }) => t(`status.${status}`),
      maxWidth: 260,
      cell: (lead) => <LeadState lead={lead} />,
    },
    {
      key: 'campaign',
      title: t('leads.campaign'),
      orderBy: campaignOf,
      maxWidth: 220,
      cell: campaignOf,
    },
    {
      key: 'came',
      title: t('leads.came'),
      orderBy: ({ requestedAt }) => requestedAt,
      cell: ({ requestedAt }) => format.moment(requestedAt),
    },
    {
      key: 'how',
      title: t('leads.how'),
      maxWidth: 360,
      cell: (lead) => <LeadOrigin lead={lead} />,
    },
  ];
}

interface LeadPersonProps {
  readonly lead: LeadView;
  readonly onOpen: (id: string) => void;
}

function LeadPerson({ lead: { id, name, company, email, phoneLink }, onOpen }: LeadPersonProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={2} align="flex-start">
      <UnstyledButton aria-label={t('leadHistory.of', { name: name || t('people.gone') })} onClick={() => onOpen(id)}>
        <Text size="sm" fw={600} c="var(--mantine-color-anchor)" style={{ overflowWrap: 'anywhere' }}>
          {name || t('people.gone')}
        </Text>
      </UnstyledButton>
      {company !== null && (
        <Text size="sm" c="dimmed">
          {company}
        </Text>
      )}
      <ContactLines email={email} phone={phoneLink} />
    </Stack>
  );
}

/** State of a lead, and whether its clicks are questioned. */
function LeadState({ lead }: { readonly lead: LeadView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { status, askedAgain, machineClicksAt, amount, followedUp, disclosure } = lead;
  const answer = disclosure?.answer ?? null;
  return (
    <Stack gap={4} align="flex-start">
      <StatusBadge status={status} />
      {askedAgain && (
        <Text size="sm" fw={600}>
          {t('leads.askedAgain')}
        </Text>
      )}
      {amount !== null && <Text size="sm">{formatMoney(i18n.language, amount)}</Text>}
      {followedUp !== null && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('leads.followedUp', { at: format.moment(followedUp.at), by: followedUp.by })}
          {followedUp.note !== null && `: ${followedUp.note}`}
        </Text>
      )}
      {disclosure !== null && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {answer === null
            ? t('disclosures.sharedWith', { vendor: disclosure.vendorName })
            : t('disclosures.answered', { vendor: disclosure.vendorName, status: t(`status.${answer.status}`) })}
        </Text>
      )}
      {status === 'withdrawn' && <Text size="sm">{t('leads.withdrawn')}</Text>}
      {machineClicksAt !== null && (
        <Text size="sm">{t('leads.machineClicks', { at: format.moment(machineClicksAt) })}</Text>
      )}
    </Stack>
  );
}
