import { Button, Group, NativeSelect, Stack, Table, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconAddressBook, IconPlus, IconSearch, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { Contact, ContactLists } from '#contracts';
import { useMay } from '../../app/session';
import { get } from '../../shared/api';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { More } from '../../shared/More';
import { Loaded, Page } from '../../shared/Page';
import { usePages } from '../../shared/pages';
import { ConsentForMany } from './ConsentForMany';
import { ContactDrawer } from './ContactDrawer';
import { NewContactModal } from './NewContactModal';

export function ContactsScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [listId, setListId] = useState('');
  const [consent, setConsent] = useState('');
  const [suppressed, setSuppressed] = useState('');
  const [words, setWords] = useState('');
  const [q] = useDebouncedValue(words.trim(), 250);
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const lists = useQuery({
    queryKey: ['contact-lists'],
    queryFn: get<z.output<typeof ContactLists>>('/contact-lists'),
  });
  const chosen = { listId, q, consent, suppressed };
  const filter = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''));
  const isFiltered = Object.keys(filter).length > 0;
  const query = new URLSearchParams({ limit: '50', ...filter });
  const contacts = usePages<Contact>(['contacts', filter], `/contacts?${query.toString()}`);
  return (
    <Page
      title={t('contacts.title')}
      lead={t('contacts.lead')}
      actions={
        may('contacts.edit') && (
          <>
            <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              {t('contacts.add')}
            </Button>
            <Button component={Link} to="/contacts/import" leftSection={<IconUpload size={16} aria-hidden />}>
              {t('contacts.import')}
            </Button>
          </>
        )
      }
    >
      <Group align="flex-end">
        <TextInput
          label={t('contacts.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          maxLength={100}
          onChange={(event) => setWords(event.currentTarget.value)}
          style={{ flex: '1 1 240px' }}
        />
        <NativeSelect
          label={t('contacts.list')}
          value={listId}
          onChange={(event) => setListId(event.currentTarget.value)}
          data={[
            { value: '', label: t('contacts.all') },
            ...(lists.data?.items ?? []).map(({ id, name, size }) => ({
              value: id,
              label: `${name} (${format.number(size)})`,
            })),
          ]}
        />
        <NativeSelect
          label={t('contacts.consent.label')}
          value={consent}
          onChange={(event) => setConsent(event.currentTarget.value)}
          data={[
            { value: '', label: t('contacts.any') },
            ...(['unknown', 'pending', 'expired', 'recorded'] as const).map((one) => ({
              value: one,
              label: t(`contacts.consent.${one}`),
            })),
          ]}
        />
        <NativeSelect
          label={t('contacts.suppressed.label')}
          value={suppressed}
          onChange={(event) => setSuppressed(event.currentTarget.value)}
          data={[
            { value: '', label: t('contacts.any') },
            ...(['no', 'yes'] as const).map((one) => ({ value: one, label: t(`contacts.suppressed.${one}`) })),
          ]}
        />
      </Group>
      {consent !== '' && <ConsentForMany filter={filter} />}
      <Loaded query={contacts} height={420}>
        {(found) =>
          found.length === 0 ? (
            <Empty icon={IconAddressBook} title={t(isFiltered ? 'contacts.nobody' : 'contacts.none')}>
              {t(isFiltered ? 'contacts.nobodyText' : 'contacts.noneText')}
            </Empty>
          ) : (
            <Stack>
              <Table.ScrollContainer minWidth={560}>
                <Table verticalSpacing="sm" highlightOnHover>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('contacts.name')}</Table.Th>
                      <Table.Th>{t('account.email')}</Table.Th>
                      <Table.Th>{t('contacts.company')}</Table.Th>
                      <Table.Th>{t('contacts.country')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {found.map((contact) => (
                      <Table.Tr key={contact.id}>
                        <Table.Td>
                          <UnstyledButton onClick={() => setOpen(contact.id)}>
                            <Text size="sm" fw={600} c="var(--mantine-color-anchor)">
                              {nameOf(contact)}
                            </Text>
                          </UnstyledButton>
                        </Table.Td>
                        <Table.Td>{contact.email}</Table.Td>
                        <Table.Td>{contact.company}</Table.Td>
                        <Table.Td>{contact.country !== null && format.country(contact.country)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              <More list={contacts} />
            </Stack>
          )
        }
      </Loaded>
      <ContactDrawer contactId={open} onClose={() => setOpen(null)} />
      <NewContactModal opened={adding} onClose={() => setAdding(false)} listId={listId === '' ? null : listId} />
    </Page>
  );
}

const nameOf = ({ firstName, lastName, email }: Contact): string =>
  [firstName, lastName].filter((part) => part !== null).join(' ') || email;
