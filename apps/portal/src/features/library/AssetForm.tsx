import { Autocomplete, Button, Group, Stack, TagsInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifications } from '@mantine/notifications';
import type { LibraryAsset } from '#contracts';
import { DatePickerInput } from '../../shared/dates';
import { useFieldErrors } from '../../shared/field-errors';
import { useLibraryNames } from '../../shared/library/requests';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { saveAsset, useAssetChanged } from './api';
import { BrandingFields } from './BrandingFields';
import { FocalPoint } from './FocalPoint';
import { filledTexts, TextsByLanguage } from './TextsByLanguage';

/** What the vendor describes of an asset. */
export function AssetForm({ asset }: { readonly asset: LibraryAsset }) {
  const { t } = useTranslation();
  const isLocked = !useCan()('assets.edit');
  const names = useLibraryNames().data;
  const changed = useAssetChanged();
  const [draft, setDraft] = useState(asset);
  const set = (change: Partial<LibraryAsset>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: () => saveAsset(asset, bodyOf(draft)),
    onSuccess: async (saved) => {
      setDraft(saved);
      await changed(saved);
      notifications.show({ color: 'teal', message: t('library.saved') });
    },
  });
  const errors = useFieldErrors(save.error);
  const isPicture = asset.kind === 'picture' || asset.kind === 'logo';
  const hasTexts = asset.kind === 'text' || asset.kind === 'signature';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
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
            <Button
              type="submit"
              loading={save.isPending}
              disabled={JSON.stringify(bodyOf(draft)) === JSON.stringify(bodyOf(asset)) || draft.title.trim() === ''}
            >
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

/** The whole description, as the API takes it. */
function bodyOf({ title, folder, tags, alt, content, focal, crop, branding, reviewOn, expiresOn }: LibraryAsset) {
  const { texts, captions, ...rest } = content;
  const written = {
    ...rest,
    ...(texts === undefined ? {} : { texts: filledTexts(texts) }),
    ...(captions === undefined ? {} : { captions: filledTexts(captions) }),
  };
  return { title, folder, tags, alt: filledTexts(alt), content: written, focal, crop, branding, reviewOn, expiresOn };
}
