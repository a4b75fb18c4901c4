import { Autocomplete, Button, Group, Stack, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifications } from '@mantine/notifications';
import type { LibraryAsset } from '#contracts';
import { DatePickerInput } from '../../shared/dates';
import { useFieldErrors } from '../../shared/field-errors';
import { useLibraryNames } from '../../shared/library/requests';
import { ProblemNote } from '../../shared/ProblemNote';
import { queryKeys } from '../../shared/query-keys';
import { useCan } from '../../shared/session';
import { saveAsset, useAssetChanged } from './api';
import { type AssetChanges, bodyOf, isUnsaved, withoutSaved } from './asset-changes';
import { BrandingFields } from './BrandingFields';
import { FocalPoint } from './FocalPoint';
import { PosterField } from './PosterField';
import { TextsByLanguage } from './TextsByLanguage';

interface AssetFormProps {
  readonly asset: LibraryAsset;
  /** Reports whether there is unsaved input. */
  readonly onTyped: (isTyped: boolean) => void;
}

/**
 * What the vendor describes of an asset. Changes stay while its cut or file is
 * saved elsewhere, and do not take that back.
 */
export function AssetForm({ asset, onTyped }: AssetFormProps) {
  const { t } = useTranslation();
  const isLocked = !useCan()('assets.edit');
  const names = useLibraryNames().data;
  const client = useQueryClient();
  const changed = useAssetChanged();
  const [changes, setChanges] = useState<AssetChanges>({});
  const draft = { ...asset, ...changes };
  const set = (change: AssetChanges): void => setChanges((before) => ({ ...before, ...change }));
  const isTyped = isUnsaved(asset, changes);
  useEffect(() => {
    onTyped(isTyped);
    return () => onTyped(false);
  }, [isTyped, onTyped]);
  const save = useMutation({
    mutationFn: (sent: AssetChanges) => saveAsset(asset, bodyOf({ ...asset, ...sent })),
    onSuccess: async (saved, sent) => {
      const shown = changed(saved);
      setChanges((now) => withoutSaved(now, sent));
      await shown;
      notifications.show({ color: 'teal', message: t('library.saved') });
    },
    // If another user changed it, the next save is based on that.
    onError: () => client.invalidateQueries({ queryKey: queryKeys.library }),
  });
  const errors = useFieldErrors(save.error);
  const isPicture = asset.kind === 'picture' || asset.kind === 'logo';
  const hasTexts = asset.kind === 'text' || asset.kind === 'signature';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(changes);
      }}
    >
      <Stack>
        <TextInput
          label={t('library.name')}
          value={draft.title}
          maxLength={120}
          disabled={isLocked}
          error={errors['title']}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        {hasTexts && (
          <TextsByLanguage
            texts={draft.content.texts ?? {}}
            labelOf={(language) => t('library.textIn', { language })}
            disabled={isLocked}
            onTexts={(texts) => set({ content: { ...draft.content, texts } })}
          />
        )}
        {(asset.kind === 'signature' || (asset.kind === 'video' && asset.file === null)) && (
          <TextInput
            label={t(asset.kind === 'video' ? 'library.videoAddress' : 'library.signatureLink')}
            placeholder="https://"
            value={draft.content.address ?? ''}
            disabled={isLocked}
            error={errors['content.address']}
            onChange={(event) => set({ content: withAddress(draft.content, event.currentTarget.value) })}
          />
        )}
        {asset.kind === 'video' && (
          <PosterField
            poster={draft.content.poster ?? null}
            folder={draft.folder}
            disabled={isLocked}
            error={errors['content.poster']}
            onPoster={(poster) => set({ content: withPoster(draft.content, poster) })}
          />
        )}
        {asset.kind === 'video' && (
          <TextsByLanguage
            texts={draft.content.captions ?? {}}
            labelOf={(language) => t('library.captionsIn', { language })}
            description={t('library.captionsWhy')}
            disabled={isLocked}
            onTexts={(captions) => set({ content: { ...draft.content, captions } })}
          />
        )}
        {isPicture && (
          <TextsByLanguage
            texts={draft.alt}
            labelOf={(language) => t('library.altIn', { language })}
            description={t('library.altWhy')}
            disabled={isLocked}
            onTexts={(alt) => set({ alt })}
          />
        )}
        <Group grow align="flex-start">
          <Autocomplete
            label={t('library.folder')}
            description={t('library.folderHow')}
            value={draft.folder}
            maxLength={120}
            disabled={isLocked}
            data={names?.folders ?? []}
            onChange={(folder) => set({ folder })}
          />
          <TagsInput
            label={t('library.tags')}
            description={t('library.tagsHow')}
            value={draft.tags}
            disabled={isLocked}
            data={names?.tags ?? []}
            maxTags={20}
            onChange={(tags) => set({ tags })}
          />
        </Group>
        <Group grow align="flex-start">
          <DatePickerInput
            label={t('library.reviewOn')}
            description={t('library.reviewOnWhy')}
            clearable
            clearButtonProps={{ 'aria-label': t('library.clearDate') }}
            disabled={isLocked}
            value={draft.reviewOn}
            onChange={(reviewOn) => set({ reviewOn })}
          />
          <DatePickerInput
            label={t('library.expiresOn')}
            description={t('library.expiresOnWhy')}
            clearable
            clearButtonProps={{ 'aria-label': t('library.clearDate') }}
            disabled={isLocked}
            value={draft.expiresOn}
            onChange={(expiresOn) => set({ expiresOn })}
          />
        </Group>
        {isPicture && asset.file !== null && (
          <FocalPoint asset={draft} disabled={isLocked} onFocal={(focal) => set({ focal })} />
        )}
        {(isPicture || asset.kind === 'document') && (
          <BrandingFields asset={draft} disabled={isLocked} onBranding={(branding) => set({ branding })} />
        )}
        <ProblemNote error={save.error} />
        {!isLocked && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!isTyped || draft.title.trim() === ''}>
              {t('library.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

type Content = LibraryAsset['content'];

function withAddress(content: Content, address: string): Content {
  const { address: _, ...rest } = content;
  return address.trim() === '' ? rest : { ...rest, address: address.trim() };
}

function withPoster(content: Content, poster: string | null): Content {
  const { poster: _, ...rest } = content;
  return poster === null ? rest : { ...rest, poster };
}
