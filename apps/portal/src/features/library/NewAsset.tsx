import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryAsset } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { useFieldErrors } from '../../shared/field-errors';
import { createAsset } from '../../shared/library/requests';
import { ProblemNote } from '../../shared/ProblemNote';
import { queryKeys } from '../../shared/query-keys';

export type NewKind = 'text' | 'signature' | 'video';

interface NewAssetProps {
  /** Null: closed. */
  readonly kind: NewKind | null;
  readonly folder: string;
  readonly onClose: () => void;
  readonly onCreated: (asset: LibraryAsset) => void;
}

/** Adds a text, a signature or a video elsewhere. */
export function NewAsset({ kind, onClose, ...props }: NewAssetProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={kind !== null} onClose={onClose} title={kind === null ? '' : t(`library.new.${kind}`)} centered>
      {kind !== null && <NewForm kind={kind} {...props} />}
    </Dialog>
  );
}

function NewForm({ kind, folder, onCreated }: Omit<NewAssetProps, 'kind' | 'onClose'> & { readonly kind: NewKind }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [address, setAddress] = useState('');
  const language = i18n.language.split('-')[0] ?? 'en';
  const create = useMutation({
    mutationFn: () =>
      createAsset({
        kind,
        title,
        folder,
        content: {
          ...(kind === 'video' || text.trim() === '' ? {} : { texts: { [language]: text } }),
          ...(address.trim() === '' ? {} : { address: address.trim() }),
        },
      }),
    onSuccess: async (asset) => {
      await client.invalidateQueries({ queryKey: queryKeys.library });
      onCreated(asset);
    },
  });
  const fieldErrors = useFieldErrors(create.error);
  const hasAddress = kind !== 'text';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{t(`library.new.${kind}Why`)}</Text>
        <TextInput
          label={t('library.name')}
          value={title}
          maxLength={120}
          error={fieldErrors['title']}
          onChange={(event) => setTitle(event.currentTarget.value)}
          data-autofocus
          required
        />
        {kind !== 'video' && (
          <Textarea
            label={t(kind === 'text' ? 'library.textIn' : 'library.signatureText', { language })}
            autosize
            minRows={kind === 'text' ? 4 : 1}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {hasAddress && (
          <TextInput
            label={t(kind === 'video' ? 'library.videoAddress' : 'library.signatureLink')}
            placeholder="https://"
            value={address}
            error={fieldErrors['content.address']}
            required={kind === 'video'}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
        )}
        <ProblemNote error={create.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending} disabled={title.trim() === ''}>
            {t('library.new.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
