import { Badge, SimpleGrid, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PartnerSending } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { Figure } from '../../shared/Figure';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { Loaded } from '../../shared/Page';
import { usePartnerSending, usePartnerSendingList } from './api';

type Item = PartnerSending['items'][number];

const COLOURS = { none: 'gray', pending: 'yellow', verified: 'teal', broken: 'red' } as const;

/**
 * Shows a vendor the sending state of its partners: states and counts, no
 * contacts.
 */
export function PartnerSendingScreen() {
  const { t } = useTranslation();
  const first = usePartnerSending();
  const partners = usePartnerSendingList();
  const columns = useColumns();
  return (
    <ListScreen
      title={t('partnerSending.title')}
      lead={t('partnerSending.lead')}
      above={
        <Loaded query={first} height={90}>
          {({ counts }) => <Counts counts={counts} />}
        </Loaded>
      }
      list={partners}
      empty={{ icon: IconMail, title: t('partners.none'), text: t('partners.noneText') }}
    >
      {(items, isWhole) => (
        <DataTable
          label={t('partnerSending.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ partnerId }) => partnerId}
          columns={columns}
        />
      )}
    </ListScreen>
  );
}

function useColumns(): readonly Column<Item>[] {
  const { t } = useTranslation();
  const stateOf = ({ domainState }: Item): string => t(`partnerSending.state.${domainState}`);
  const mailOf = ({ stops }: Item): string =>
    stops.length === 0 ? t('partnerSending.goes') : stops.map((cause) => t(`partnerSending.stop.${cause}`)).join(' ');
  const consentOf = ({ missingConsents }: Item): string =>
    missingConsents.length === 0
      ? t('partnerSending.agreed')
      : t('partnerSending.notAgreed', { hosts: missingConsents.map(({ host }) => host).join(', ') });
  return [
    {
      key: 'partner',
      title: t('partners.partner'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ name }) => (
        <Text size="sm" fw={600}>
          {name}
        </Text>
      ),
    },
    {
      key: 'domain',
      title: t('partnerSending.domain'),
      orderBy: stateOf,
      cell: (item) => (
        <Badge color={COLOURS[item.domainState]} variant="light" tt="none">
          {stateOf(item)}
        </Badge>
      ),
    },
    { key: 'mail', title: t('partnerSending.mail'), orderBy: mailOf, cell: mailOf },
    { key: 'consent', title: t('partnerSending.consent'), orderBy: consentOf, cell: consentOf },
  ];
}
function Counts({ counts }: { readonly counts: PartnerSending['counts'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SimpleGrid cols={{ base: 2, sm: 3 }}>
      {(['partners', 'ownDomain', 'stopped'] as const).map((name) => (
        <Figure key={name} label={t(`partnerSending.count.${name}`)} value={format.number(counts[name])} />
      ))}
    </SimpleGrid>
  );
}
