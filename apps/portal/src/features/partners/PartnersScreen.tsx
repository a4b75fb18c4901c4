import { Button, Group, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconBuildingStore, IconSearch, IconUserPlus, IconUsersPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '#contracts';
import { useMay } from '../../app/session';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { More } from '../../shared/More';
import { Loaded, Page } from '../../shared/Page';
import { usePages } from '../../shared/pages';
import { StatusBadge } from '../../shared/StatusBadge';
import { InviteMany } from './InviteMany';
import { InvitePartner } from './InvitePartner';

export function PartnersScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [words, setWords] = useState('');
  const [status, setStatus] = useState('');
  const [q] = useDebouncedValue(words.trim(), 250);
  const [inviting, { open, close }] = useDisclosure(false);
  const [invitingMany, many] = useDisclosure(false);
  const query = new URLSearchParams({ limit: '50', ...(q === '' ? {} : { q }), ...(status === '' ? {} : { status }) });
  const partners = usePages<PartnerView>(['partners', q, status], `/partners?${query.toString()}`);
  return (
    <Page
      title={t('partners.title')}
      lead={t('partners.lead')}
      actions={
        may('partners.edit') && (
          <>
            <Button variant="default" leftSection={<IconUsersPlus size={16} aria-hidden />} onClick={many.open}>
              {t('inviteMany.open')}
            </Button>
            <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={open}>
              {t('partners.invite')}
            </Button>
          </>
        )
      }
    >
      <Group align="flex-end">
        <TextInput
          label={t('partners.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          maxLength={100}
          onChange={(event) => setWords(event.currentTarget.value)}
          style={{ flex: '1 1 240px' }}
        />
        <NativeSelect
          label={t('partners.status')}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
          data={[
            { value: '', label: t('partners.any') },
            ...(['invited', 'active', 'ended'] as const).map((one) => ({
              value: one,
              label: t(`partners.state.${one}`),
            })),
          ]}
        />
      </Group>
      <Loaded query={partners} height={420}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconBuildingStore} title={t('partners.none')}>
              {t('partners.noneText')}
            </Empty>
          ) : (
            <Stack>
              <Table.ScrollContainer minWidth={620}>
                <Table verticalSpacing="sm">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('partners.partner')}</Table.Th>
                      <Table.Th>{t('partners.status')}</Table.Th>
                      <Table.Th>{t('partners.tier')}</Table.Th>
                      <Table.Th>{t('partners.region')}</Table.Th>
                      <Table.Th>{t('partners.country')}</Table.Th>
                      <Table.Th>{t('partners.since')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map((partner) => (
                      <Table.Tr key={partner.id}>
                        <Table.Td>
                          <Text size="sm" fw={600}>
                            {partner.name}
                          </Text>
                        </Table.Td>
                        <Table.Td>
                          <StatusBadge status={partner.status} label={t(`partners.state.${partner.status}`)} />
                        </Table.Td>
                        <Table.Td>{partner.tier}</Table.Td>
                        <Table.Td>{partner.region}</Table.Td>
                        <Table.Td>{format.country(partner.countryCode)}</Table.Td>
                        <Table.Td>{format.moment(partner.joinedAt ?? partner.invitedAt)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              <More list={partners} />
            </Stack>
          )
        }
      </Loaded>
      <InvitePartner opened={inviting} onClose={close} />
      <InviteMany opened={invitingMany} onClose={many.close} />
    </Page>
  );
}
