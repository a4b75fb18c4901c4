import { ActionIcon, Button, Menu, NativeSelect, Text, UnstyledButton } from '@mantine/core';
import { IconAddressBook, IconDots, IconListDetails, IconPlus, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Contact } from '#contracts';
import { useCan } from '../../shared/session';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useIsPhone } from '../../shared/is-phone';
import { ListScreen, useSearch } from '../../shared/ListScreen';
import { ConsentForMany } from './ConsentForMany';
import { ContactDrawer } from '../../shared/contacts/ContactDrawer';
import { NewContactModal } from './NewContactModal';
import { RecentImports } from './RecentImports';
import { useContactLists } from '../../shared/requests';
import { useContacts } from './api';

/** Filters besides the search; empty: no filter. */
interface Chosen {
  readonly listId: string;
  readonly consent: string;
  readonly suppressed: string;
}

const NO_FILTER: Chosen = { listId: '', consent: '', suppressed: '' };

/** A partner's contacts. */
export function ContactsScreen() {
  const { t } = useTranslation();
  const search = useSearch();
  const [chosen, setChosen] = useState(NO_FILTER);
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const filter = Object.fromEntries(
    Object.entries({ ...chosen, q: search.sought }).filter(([, value]) => value !== ''),
  );
  const contacts = useContacts(filter);
  const columns = useColumns(setOpen);
  return (
    <ListScreen
      title={t('contacts.title')}
      lead={t('contacts.lead')}
      actions={<Actions onAdd={() => setAdding(true)} />}
      search={{ ...search, label: t('contacts.search') }}
      filter={<ContactFilter chosen={chosen} onChoose={setChosen} />}
      below={chosen.consent !== '' && <ConsentForMany filter={filter} />}
      isNarrowed={Object.keys(filter).length > 0}
      list={contacts}
      empty={{ icon: IconAddressBook, title: t('contacts.none'), text: t('contacts.noneText') }}
      after={
        <>
          <RecentImports />
          <ContactDrawer contactId={open} onClose={() => setOpen(null)} />
          <NewContactModal
            opened={adding}
            onClose={() => setAdding(false)}
            listId={chosen.listId === '' ? null : chosen.listId}
          />
        </>
      }
    >
      {(items, isWhole) => (
        <DataTable
          label={t('contacts.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
        />
      )}
    </ListScreen>
  );
}

/** Import first; on a phone the others are in a menu. */
function Actions({ onAdd }: { readonly onAdd: () => void }) {
  const { t } = useTranslation();
  const canEdit = useCan()('contacts.edit');
  const isPhone = useIsPhone();
  const toImport = canEdit && (
    <Button component={Link} to="/contacts/import" leftSection={<IconUpload size={16} aria-hidden />}>
      {t('contacts.import')}
    </Button>
  );
  if (isPhone)
    return (
      <>
        {toImport}
        <MoreActions onAdd={onAdd} />
      </>
    );
  return (
    <>
      <Button
        component={Link}
        to="/contacts/lists"
        variant="default"
        leftSection={<IconListDetails size={16} aria-hidden />}
      >
        {t('lists.title')}
      </Button>
      {canEdit && (
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
          {t('contacts.add')}
        </Button>
      )}
      {toImport}
    </>
  );
}

function MoreActions({ onAdd }: { readonly onAdd: () => void }) {
  const { t } = useTranslation();
  const canEdit = useCan()('contacts.edit');
  return (
    <Menu shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('common.moreActions')}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/contacts/lists" leftSection={<IconListDetails size={16} aria-hidden />}>
          {t('lists.title')}
        </Menu.Item>
        {canEdit && (
          <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
            {t('contacts.add')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ContactFilterProps {
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

/** Filters by list, legal basis and suppression. */
function ContactFilter({ chosen, onChoose }: ContactFilterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const lists = useContactLists();
  const given = (name: keyof Chosen) => ({
    value: chosen[name],
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onChoose({ ...chosen, [name]: currentTarget.value }),
  });
  return (
    <>
      <NativeSelect
        label={t('contacts.list')}
        {...given('listId')}
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
        {...given('consent')}
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
        {...given('suppressed')}
        data={[
          { value: '', label: t('contacts.any') },
          ...(['no', 'yes'] as const).map((one) => ({ value: one, label: t(`contacts.suppressed.${one}`) })),
        ]}
      />
    </>
  );
}

function useColumns(onOpen: (id: string) => void): readonly Column<Contact>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const countryOf = ({ country }: Contact): string => (country === null ? '' : format.country(country));
  return [
    {
      key: 'name',
      title: t('contacts.name'),
      isHeading: true,
      orderBy: nameOf,
      cell: (contact) => (
        <UnstyledButton onClick={() => onOpen(contact.id)}>
          <Text size="sm" fw={600} c="var(--mantine-color-anchor)">
            {nameOf(contact)}
          </Text>
        </UnstyledButton>
      ),
    },
    { key: 'email', title: t('account.email'), orderBy: ({ email }) => email, cell: ({ email }) => email },
    {
      key: 'company',
      title: t('contacts.company'),
      orderBy: ({ company }) => company ?? '',
      cell: ({ company }) => company,
    },
    { key: 'country', title: t('contacts.country'), orderBy: countryOf, cell: countryOf },
  ];
}

const nameOf = ({ firstName, lastName, email }: Contact): string =>
  [firstName, lastName].filter((part) => part !== null).join(' ') || email;
