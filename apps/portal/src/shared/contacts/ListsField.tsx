import { MultiSelect, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ContactDetail, ContactHistory } from '#contracts';
import { useCan } from '../session';
import { useOptimisticData } from '../optimistic';
import { updateContact, useContactLists } from '../requests';
import { invalidate, queryKeys } from '../query-keys';

/** A contact added to or removed from a list. */
interface Move {
  readonly listId: string;
  readonly name: string;
  readonly isOn: boolean;
}

/**
 * Lists of a contact.
 * A change is saved at once, and the same field reverts it.
 */
export function ListsField({ contact: { id, listIds } }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation();
  const canEdit = useCan()('contacts.edit');
  const { data } = useContactLists();
  const move = useMove(id);
  // The rule of a segment decides who is in it.
  const lists = (data?.items ?? []).filter(({ rule }) => rule === null);
  const segments = (data?.items ?? []).filter(({ id: listId, rule }) => rule !== null && listIds.includes(listId));
  const choose = (chosen: readonly string[]) => {
    for (const { id: listId, name } of lists) {
      const isOn = chosen.includes(listId);
      if (isOn !== listIds.includes(listId)) move.mutate({ listId, name, isOn });
    }
  };
  if (data === undefined) return null;
  return (
    // The search text of the field is not unsaved input.
    <div onInput={(event) => event.stopPropagation()}>
      <MultiSelect
        label={t('contact.lists')}
        description={canEdit && t('contact.listsHow')}
        data={lists.map((list) => ({ value: list.id, label: list.name }))}
        value={listIds.filter((listId) => lists.some((list) => list.id === listId))}
        onChange={choose}
        readOnly={!canEdit}
        searchable
        nothingFoundMessage={t('common.nothingFound')}
      />
      {segments.length > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('contact.segments', { names: segments.map(({ name }) => name).join(', ') })}
        </Text>
      )}
    </div>
  );
}

function useMove(contactId: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useOptimisticData({
    under: queryKeys.contact(contactId),
    shown: (known: ContactDetail | z.output<typeof ContactHistory> | undefined, { listId, isOn }: Move) => {
      if (known === undefined || !('listIds' in known)) return known;
      const others = known.listIds.filter((one) => one !== listId);
      return { ...known, listIds: isOn ? [...others, listId] : others };
    },
    ask: ({ listId, isOn }) => updateContact(contactId, { [isOn ? 'addToLists' : 'takeFromLists']: [listId] }),
    onDone: (_, { name, isOn }) => {
      notifications.show({ color: 'teal', message: t(isOn ? 'contact.putOn' : 'contact.takenOff', { name }) });
      void invalidate(client, queryKeys.contacts, queryKeys.contactLists, queryKeys.audience);
    },
  });
}
