import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBookmark, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryAsset } from '#contracts';
import { Dialog } from '../../../shared/Dialog';
import { LibraryChoice } from '../../../shared/library/LibraryChoice';
import { createAsset, fetchAsset, useAsset } from '../../../shared/library/requests';
import { ProblemNote } from '../../../shared/ProblemNote';
import { queryKeys } from '../../../shared/query-keys';
import { useBrandKitColours } from '../api';
import { useBlockName } from './block-name';
import type { Choices } from './InspectorField';
import { canStandIn, copyOfBlock, markupOf, picturesIn, withSavedBlock, withSavedText } from './saved-blocks';
import type { Builder } from './use-builder';

interface LibraryBlocksProps {
  readonly builder: Builder;
  readonly choices: Choices;
}

/** Inserts blocks and texts of the library, and saves the selected block to it. */
export function LibraryBlocks({ builder, choices }: LibraryBlocksProps) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const insert = useMutation({
    mutationFn: async (id: string) => {
      const { content, kind } = await fetchAsset(id);
      const { template, block, perform } = builder;
      if (kind === 'text') {
        perform(withSavedText(template, content.texts ?? {}, block));
        return;
      }
      if (!canStandIn(template.kind, content.markup ?? '')) {
        notifications.show({ color: 'yellow', message: t('library.inBuilder.otherKind') });
        return;
      }
      const paths = new Map<string, string>();
      for (const [path, { assetId, crop }] of Object.entries(content.pictures ?? {}))
        paths.set(path, await choices.library.place({ asset: await fetchAsset(assetId), crop }));
      perform(withSavedBlock(template, content, paths, block));
    },
  });
  const defaults = useBrandKitColours().data?.design.defaultBlockIds ?? [];
  return (
    <Stack gap={6}>
      {defaults.map((id) => (
        <DefaultBlock key={id} id={id} isBusy={insert.isPending} onInsert={insert.mutate} />
      ))}
      <Button
        size="xs"
        variant="default"
        className="naming-button"
        loading={insert.isPending}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => setChoosing(true)}
      >
        {t('library.inBuilder.insert')}
      </Button>
      <Button
        size="xs"
        variant="default"
        className="naming-button"
        disabled={builder.block === null}
        leftSection={<IconBookmark size={14} aria-hidden />}
        onClick={() => setSaving(true)}
      >
        {t('library.inBuilder.save')}
      </Button>
      <ProblemNote error={insert.error} />
      <LibraryChoice
        opened={isChoosing}
        title={t('library.inBuilder.insert')}
        kinds={['block', 'text']}
        onClose={() => setChoosing(false)}
        onChoose={({ id }) => {
          setChoosing(false);
          insert.mutate(id);
        }}
      />
      <Dialog opened={isSaving} onClose={() => setSaving(false)} title={t('library.inBuilder.save')} centered>
        {isSaving && builder.block !== null && (
          <SaveBlock builder={builder} choices={choices} onSaved={() => setSaving(false)} />
        )}
      </Dialog>
    </Stack>
  );
}

interface DefaultBlockProps {
  readonly id: string;
  readonly isBusy: boolean;
  readonly onInsert: (id: string) => void;
}

/** A block of the brand kit; nothing if it was deleted. */
function DefaultBlock({ id, isBusy, onInsert }: DefaultBlockProps) {
  const { data } = useAsset(id);
  if (data === undefined) return null;
  return (
    <Button size="xs" variant="light" className="naming-button" disabled={isBusy} onClick={() => onInsert(id)}>
      {data.title}
    </Button>
  );
}

function SaveBlock({ builder, choices, onSaved }: LibraryBlocksProps & { readonly onSaved: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { template, block, source } = builder;
  const nameOf = useBlockName(template.texts, template.locale);
  const [title, setTitle] = useState(block === null ? '' : nameOf(source, block).slice(0, 120));
  const save = useMutation({
    mutationFn: async () => {
      if (block === null) return;
      const markup = markupOf(template, block);
      const pictures: NonNullable<LibraryAsset['content']['pictures']> = {};
      for (const path of picturesIn(markup)) {
        const { asset, crop } = await choices.library.originOf(path);
        pictures[path] = { assetId: asset.id, crop };
      }
      await createAsset({ kind: 'block', title, content: { markup, copy: copyOfBlock(template, markup), pictures } });
      await client.invalidateQueries({ queryKey: queryKeys.library });
    },
    onSuccess: () => {
      notifications.show({ color: 'teal', message: t('library.inBuilder.saved', { title }) });
      onSaved();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{t('library.inBuilder.saveWhy')}</Text>
        <TextInput
          label={t('library.name')}
          value={title}
          maxLength={120}
          onChange={(event) => setTitle(event.currentTarget.value)}
          data-autofocus
        />
        <ProblemNote error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={title.trim() === ''}>
            {t('library.new.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
