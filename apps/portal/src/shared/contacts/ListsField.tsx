import { MultiSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ContactDetail, ContactHistory } from '#contracts';
import { useCan } from '../session';
import { useOptimisticData } from '../optimistic';
import { updateContact, useContactLists } from '../requests';

/** A list that somebody is put on or taken off. */
interface Move {
  readonly listId: string;
  readonly name: string;
  readonly isOn: boolean;
}

/** Which lists a person is on. What is chosen holds at once: the same field puts them back. */
export function ListsField({ contact: { id, listIds } }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation();
  const canEdit = useCan()('contacts.edit');
  const { data } = useContactLists();
  const move = useMove(id);
  const lists = data?.items ?? [];
  const choose = (chosen: readonly string[]) => {
    for (const { id: listId, name } of lists) {
      const isOn = chosen.includes(listId);
      if (isOn !== listIds.includes(listId)) move.mutate({ listId, name, isOn });
    }
  };
  if (data === undefined) return null;
  return (
    // What is typed here looks for a list, and is nothing to lose.
    <div onInput={(event) => event.stopPropagation()}>
      <MultiSelect
        label={t('contact.lists')}
        description={canEdit && t('contact.listsHow')}
        data={lists.map((list) => ({ value: list.id, label: list.name }))}
        value={listIds}
        onChange={choose}
        readOnly={!canEdit}
        searchable
        nothingFoundMessage={t('common.nothingFound')}
      />
    </div>
  );
}

function useMove(contactId: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useOptimisticData({
    under: ['contact', contactId],
    shown: (known: ContactDetail | z.output<typeof ContactHistory> | undefined, { listId, isOn }: Move) => {
      if (known === undefined || !('listIds' in known)) return known;
      const others = known.listIds.filter((one) => one !== listId);
      return { ...known, listIds: isOn ? [...others, listId] : others };
    },
    ask: ({ listId, isOn }) => updateContact(contactId, { [isOn ? 'addToLists' : 'takeFromLists']: [listId] }),
    onDone: (_, { name, isOn }) => {
      notifications.show({ color: 'teal', message: t(isOn ? 'contact.putOn' : 'contact.takenOff', { name }) });
      for (const key of ['contacts', 'contact-lists', 'audience']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
