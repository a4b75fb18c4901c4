import { Badge, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import {
  IconDownload,
  IconFilterPlus,
  IconListDetails,
  IconPencil,
  IconPlus,
  IconStar,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactList } from '#contracts';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { useOptimistic } from '../../shared/optimistic';
import { useCampaigns } from './segments/campaigns';
import { useRuleText } from './segments/rule-text';
import { SegmentModal } from './segments/SegmentModal';
import { ListNameModal } from './ListNameModal';
import { useContactLists } from '../../shared/requests';
import { useTableHref } from '../../shared/table-href';
import { updateContactList, deleteContactList } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

/** The list to rename, or a new one. */
type Naming = ContactList | 'new' | null;

/**
 * A partner's contact lists: rename, choose the default list, download and
 * delete.
 */
export function ContactListsScreen() {
  const { t } = useTranslation();
  const canEdit = useCan()('contacts.edit');
  const [naming, setNaming] = useState<Naming>(null);
  const [editing, setEditing] = useState<Naming>(null);
  const lists = useContactLists({ select: ({ items }) => items });
  const makeDefault = useMakeDefault();
  const columns = useColumns();
  return (
    <ListScreen
      title={t('lists.title')}
      lead={t('lists.lead')}
      actions={
        canEdit && (
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconFilterPlus size={16} aria-hidden />}
              onClick={() => setEditing('new')}
            >
              {t('segments.add')}
            </Button>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNaming('new')}>
              {t('lists.add')}
            </Button>
          </Group>
        )
      }
      list={lists}
      empty={{ icon: IconListDetails, title: t('lists.none'), text: t('lists.noneText') }}
      after={
        <>
          <ListNameModal naming={naming} onClose={() => setNaming(null)} />
          <SegmentModal editing={editing} onClose={() => setEditing(null)} />
        </>
      }
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
            <ListActions
              list={list}
              others={items.filter(({ id }) => id !== list.id)}
              onRename={() => (list.rule === null ? setNaming : setEditing)(list)}
              onMakeDefault={() => makeDefault.mutate(list.id)}
            />
          )}
        />
      )}
    </ListScreen>
  );
}

interface ListActionsProps {
  readonly list: ContactList;
  /** The other lists. */
  readonly others: readonly ContactList[];
  /** Opens name and rule of a segment. */
  readonly onRename: () => void;
  readonly onMakeDefault: () => void;
}

/** Download for all users; rename, default and delete for those who can edit. */
function ListActions({ list, others, onRename, onMakeDefault }: ListActionsProps) {
  const { t } = useTranslation();
  const canEdit = useCan()('contacts.edit');
  const tableHref = useTableHref();
  return (
    <Group gap="xs" justify="flex-end">
      <Button
        component="a"
        href={tableHref(`/contact-lists/${list.id}/contacts.csv`)}
        download={`${list.name}.csv`}
        variant="default"
        size="xs"
        leftSection={<IconDownload size={14} aria-hidden />}
        aria-label={t('lists.exportOf', { name: list.name })}
      >
        {t('lists.export')}
      </Button>
      {canEdit && (
        <>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPencil size={14} aria-hidden />}
            aria-label={t(list.rule === null ? 'lists.renameOf' : 'segments.editOf', { name: list.name })}
            onClick={onRename}
          >
            {t(list.rule === null ? 'lists.rename' : 'segments.edit')}
          </Button>
          {!list.isDefault && <MakeDefault list={list} onMakeDefault={onMakeDefault} />}
          <DeleteList list={list} others={others} />
        </>
      )}
    </Group>
  );
}

function MakeDefault({ list, onMakeDefault }: Pick<ListActionsProps, 'list' | 'onMakeDefault'>) {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconStar size={14} aria-hidden />}
      aria-label={t('lists.makeDefaultOf', { name: list.name })}
      onClick={onMakeDefault}
    >
      {t('lists.makeDefault')}
    </Button>
  );
}

function useMakeDefault() {
  const { t } = useTranslation();
  return useOptimistic({
    list: queryKeys.contactLists,
    shown: (list: ContactList, id: string) => ({ ...list, isDefault: list.id === id }),
    ask: (id) => updateContactList(id, { isDefault: true }),
    onDone: ({ name }) => notifications.show({ color: 'teal', message: t('lists.isDefaultNow', { name }) }),
  });
}

interface DeleteListProps {
  readonly list: ContactList;
  readonly others: readonly ContactList[];
}

/**
 * Deletes a list. The dialog says what happens to its contacts and which list
 * becomes the default. An error stays in the dialog.
 */
function DeleteList({ list: { id, name, size, isDefault }, others }: DeleteListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  // The API's default: the list with most contacts.
  const largest = others.toSorted((one, other) => other.size - one.size)[0];
  const next = isDefault ? (others.find((one) => one.id === chosen) ?? largest) : undefined;
  const remove = async () => {
    await deleteContactList(id, next?.id);
    notifications.show({
      color: 'teal',
      message: [
        t('lists.deleted', { name }),
        ...(next === undefined ? [] : [t('lists.isDefaultNow', { name: next.name })]),
      ].join(' '),
    });
    await invalidate(client, queryKeys.contacts, queryKeys.contactLists);
  };
  return (
    <Confirm
      label={t('lists.delete', { name })}
      question={t('lists.deleteQuestion', { name })}
      size="xs"
      icon={<IconTrash size={14} aria-hidden />}
      onConfirm={remove}
    >
      <Stack gap="sm">
        <div>{t('lists.deleteText', { count: size, number: format.number(size) })}</div>
        {isDefault && next === undefined && <div>{t('lists.deleteLast')}</div>}
        {next !== undefined && (
          <NativeSelect
            label={t('lists.nextDefault')}
            description={t('lists.nextDefaultWhy')}
            value={next.id}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={others.map((one) => ({ value: one.id, label: `${one.name} (${format.number(one.size)})` }))}
          />
        )}
      </Stack>
    </Confirm>
  );
}

function useColumns(): readonly Column<ContactList>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const campaigns = useCampaigns();
  const ruleText = useRuleText((id) => campaigns.find((one) => one.id === id)?.title ?? t('segments.otherCampaign'));
  return [
    {
      key: 'name',
      title: t('contacts.list'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ name, isDefault, rule }) => (
        <>
          <Group gap="xs">
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            {isDefault && (
              <Badge variant="light" tt="none">
                {t('lists.default')}
              </Badge>
            )}
            {rule !== null && (
              <Badge variant="light" color="gray" tt="none">
                {t('segments.badge')}
              </Badge>
            )}
          </Group>
          {rule !== null && (
            <Text size="xs" c="dimmed" fw={400} style={{ overflowWrap: 'anywhere' }}>
              {ruleText(rule)}
            </Text>
          )}
        </>
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
