import { Badge, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PartnerSending } from '#contracts';
import { get } from '../../shared/api';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { More } from '../../shared/More';
import { Loaded, Page } from '../../shared/Page';
import { usePages } from '../../shared/pages';

type Item = PartnerSending['items'][number];

const COLOURS = { none: 'gray', pending: 'yellow', verified: 'teal', broken: 'red' } as const;
const PATH = '/partner-sending?limit=50';

/** How partners' sending stands: states and counts, nobody of whom they write to. */
export function PartnerSendingScreen() {
  const { t } = useTranslation();
  const first = useQuery({
    queryKey: ['partner-sending-counts'],
    queryFn: get<PartnerSending>('/partner-sending?limit=1'),
  });
  const partners = usePages<Item>(['partner-sending'], PATH);
  return (
    <Page title={t('partnerSending.title')} lead={t('partnerSending.lead')}>
      <Loaded query={first} height={90}>
        {({ counts }) => <Counts counts={counts} />}
      </Loaded>
      <Loaded query={partners} height={420}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconMail} title={t('partners.none')}>
              {t('partners.noneText')}
            </Empty>
          ) : (
            <Stack>
              <Table.ScrollContainer minWidth={520}>
                <Table verticalSpacing="sm">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('partners.partner')}</Table.Th>
                      <Table.Th>{t('partnerSending.domain')}</Table.Th>
                      <Table.Th>{t('partnerSending.mail')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map((item) => (
                      <PartnerRow key={item.partnerId} item={item} />
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              <More list={partners} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function PartnerRow({ item: { name, domainState, stops } }: { readonly item: Item }) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>
          {name}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge color={COLOURS[domainState]} variant="light" tt="none">
          {t(`partnerSending.state.${domainState}`)}
        </Badge>
      </Table.Td>
      <Table.Td>
        {stops.length === 0
          ? t('partnerSending.goes')
          : stops.map((cause) => t(`partnerSending.stop.${cause}`)).join(' ')}
      </Table.Td>
    </Table.Tr>
  );
}

function Counts({ counts }: { readonly counts: PartnerSending['counts'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Group>
      {(['partners', 'ownDomain', 'stopped'] as const).map((name) => (
        <Paper key={name} withBorder p="md" style={{ flex: '1 1 160px' }}>
          <Text size="xl" fw={700}>
            {format.number(counts[name])}
          </Text>
          <Text size="sm" c="dimmed">
            {t(`partnerSending.count.${name}`)}
          </Text>
        </Paper>
      ))}
    </Group>
  );
}
