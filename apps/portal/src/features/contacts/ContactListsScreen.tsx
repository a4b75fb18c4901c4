import { Badge, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDownload, IconListDetails, IconPencil, IconPlus, IconStar, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ContactList, ContactLists } from '#contracts';
import { useMay } from '../../app/session';
import { call, get } from '../../shared/api';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { ProblemNote } from '../../shared/ProblemNote';
import { ListNameModal } from './ListNameModal';

/** Whose name is being written: that of a list, or of a new one. */
type Naming = ContactList | 'new' | null;

/** A partner's contact lists: what they are called, which one a launch takes, and to take one away or out of the portal. */
export function ContactListsScreen() {
  const { t } = useTranslation();
  const mayEdit = useMay()('contacts.edit');
  const [naming, setNaming] = useState<Naming>(null);
  const lists = useQuery({
    queryKey: ['contact-lists'],
    queryFn: get<z.output<typeof ContactLists>>('/contact-lists'),
    select: ({ items }) => items,
  });
  const makeDefault = useMakeDefault();
  const columns = useColumns();
  return (
    <ListScreen
      title={t('lists.title')}
      lead={t('lists.lead')}
      actions={
        mayEdit && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNaming('new')}>
            {t('lists.add')}
          </Button>
        )
      }
      above={<ProblemNote error={makeDefault.error} />}
      list={lists}
      empty={{ icon: IconListDetails, title: t('lists.none'), text: t('lists.noneText') }}
      after={<ListNameModal naming={naming} onClose={() => setNaming(null)} />}
    >
      {(items) => (
        <DataTable
          label={t('lists.title')}
          items={items}
          isWhole
          idOf={({ id }) => id}
          columns={columns}
          minWidth={760}
          actions={(list) => (
            <Group gap="xs" justify="flex-end">
              <Button
                component="a"
                href={`/api/v1/contact-lists/${list.id}/contacts.csv`}
                download={`${list.name}.csv`}
                variant="default"
                size="xs"
                leftSection={<IconDownload size={14} aria-hidden />}
                aria-label={t('lists.exportOf', { name: list.name })}
              >
                {t('lists.export')}
              </Button>
              {mayEdit && (
                <>
                  <Button
                    variant="default"
                    size="xs"
                    leftSection={<IconPencil size={14} aria-hidden />}
                    aria-label={t('lists.renameOf', { name: list.name })}
                    onClick={() => setNaming(list)}
                  >
                    {t('lists.rename')}
                  </Button>
                  {!list.isDefault && (
                    <Button
                      variant="default"
                      size="xs"
                      leftSection={<IconStar size={14} aria-hidden />}
                      aria-label={t('lists.makeDefaultOf', { name: list.name })}
                      loading={makeDefault.isPending && makeDefault.variables === list.id}
                      onClick={() => makeDefault.mutate(list.id)}
                    >
                      {t('lists.makeDefault')}
                    </Button>
                  )}
                  <DeleteList list={list} />
                </>
              )}
            </Group>
          )}
        />
      )}
    </ListScreen>
  );
}

function useMakeDefault() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call<ContactList>('PATCH', `/contact-lists/${id}`, { body: { isDefault: true } }),
    onSuccess: ({ name }) => {
      notifications.show({ color: 'teal', message: t('lists.isDefaultNow', { name }) });
      return client.invalidateQueries({ queryKey: ['contact-lists'] });
    },
  });
}

/** Takes a list away, once somebody has read what becomes of the people on it. A refusal stays in the dialog with its reason. */
function DeleteList({ list: { id, name, size, isDefault } }: { readonly list: ContactList }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const remove = async () => {
    await call<undefined>('DELETE', `/contact-lists/${id}`);
    notifications.show({ color: 'teal', message: t('lists.deleted', { name }) });
    await Promise.all(['contacts', 'contact-lists'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  };
  return (
    <Confirm
      label={t('lists.delete', { name })}
      question={t('lists.deleteQuestion', { name })}
      size="xs"
      icon={<IconTrash size={14} aria-hidden />}
      onConfirm={remove}
    >
      {t('lists.deleteText', { count: size, number: format.number(size) })} {isDefault && t('lists.deleteDefault')}
    </Confirm>
  );
}

function useColumns(): readonly Column<ContactList>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('contacts.list'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ name, isDefault }) => (
        <Group gap="xs">
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          {isDefault && (
            <Badge variant="light" tt="none">
              {t('lists.default')}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      key: 'size',
      title: t('contacts.title'),
      align: 'end',
      orderBy: ({ size }) => size,
      cell: ({ size }) => format.number(size),
    },
    {
      key: 'since',
      title: t('lists.since'),
      orderBy: ({ createdAt }) => createdAt,
      cell: ({ createdAt }) => format.moment(createdAt),
    },
  ];
}
