import { Button, Stack, Table, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconBuildingStore, IconSearch, IconUserPlus, IconUsersPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerLine } from '#contracts';
import { useMay } from '../../app/session';
import { Empty } from '../../shared/Empty';
import { More } from '../../shared/More';
import { Loaded, Page } from '../../shared/Page';
import { usePages } from '../../shared/pages';
import { InviteMany } from './InviteMany';
import { InvitePartner } from './InvitePartner';
import { PartnerRow } from './PartnerRow';
import { ProgressFilter, type Shown } from './ProgressFilter';

export function PartnersScreen() {
  const { t } = useTranslation();
  const mayEdit = useMay()('partners.edit');
  const [words, setWords] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [q] = useDebouncedValue(words.trim(), 250);
  const [inviting, { open, close }] = useDisclosure(false);
  const [invitingMany, many] = useDisclosure(false);
  const query = new URLSearchParams({
    limit: '50',
    ...(q === '' ? {} : { q }),
    ...(shown === 'all' ? {} : { progress: shown }),
  });
  const partners = usePages<PartnerLine>(['partners', q, shown], `/partners?${query.toString()}`);
  return (
    <Page
      title={t('partners.title')}
      lead={t('partners.lead')}
      actions={
        mayEdit && (
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
      <ProgressFilter shown={shown} onShow={setShown} />
      <TextInput
        label={t('partners.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        maxLength={100}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Loaded query={partners} height={420}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconBuildingStore} title={t('partners.none')}>
              {t('partners.noneText')}
            </Empty>
          ) : (
            <Stack>
              <Table.ScrollContainer minWidth={860}>
                <Table verticalSpacing="sm">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('partners.partner')}</Table.Th>
                      <Table.Th>{t('partners.status')}</Table.Th>
                      <Table.Th>{t('partners.tier')}</Table.Th>
                      <Table.Th>{t('partners.region')}</Table.Th>
                      <Table.Th>{t('partners.country')}</Table.Th>
                      <Table.Th>{t('partners.since')}</Table.Th>
                      {mayEdit && (
                        <Table.Th>
                          <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
                        </Table.Th>
                      )}
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map((partner) => (
                      <PartnerRow key={partner.id} partner={partner} />
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
