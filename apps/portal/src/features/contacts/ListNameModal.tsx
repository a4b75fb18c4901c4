import { Button, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactList } from '#contracts';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { Dialog } from '../../shared/Dialog';
import { createContactList, updateContactList } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

interface ListNameModalProps {
  /**
   * The list to rename, or `new`.
   * Null: closed.
   */
  readonly naming: ContactList | 'new' | null;
  readonly onClose: () => void;
}

/** Names a new list, or renames one. */
export function ListNameModal({ naming, onClose }: ListNameModalProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={naming !== null}
      onClose={onClose}
      centered
      title={naming === null || naming === 'new' ? t('lists.add') : t('lists.renameOf', { name: naming.name })}
    >
      {naming !== null && <NameForm naming={naming} onDone={onClose} />}
    </Dialog>
  );
}

function NameForm({ naming, onDone }: { readonly naming: ContactList | 'new'; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const before = naming === 'new' ? '' : naming.name;
  const [name, setName] = useState(before);
  const keep = useMutation({
    mutationFn: () => (naming === 'new' ? createContactList({ name }) : updateContactList(naming.id, { name })),
    onSuccess: async (kept) => {
      notifications.show({ color: 'teal', message: t('lists.kept', { name: kept.name }) });
      await invalidate(client, queryKeys.contactLists);
      onDone();
    },
  });
  const fieldErrors = useFieldErrors(keep.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t('lists.name')}
          required
          maxLength={200}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldErrors['name']}
        />
        {fieldErrors['name'] === undefined && <ProblemNote error={keep.error} />}
        <Button type="submit" loading={keep.isPending} disabled={name.trim() === '' || name === before}>
          {t(naming === 'new' ? 'lists.add' : 'lists.rename')}
        </Button>
      </Stack>
    </form>
  );
}
