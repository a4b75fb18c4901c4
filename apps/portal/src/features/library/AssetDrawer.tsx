import { Alert, Button, Drawer, FileButton, Group, Stack, Tabs, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCrop, IconDownload, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryAsset } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useConfirmContext } from '../../shared/Confirmations';
import { useFormat } from '../../shared/format';
import { AssetPicture } from '../../shared/library/AssetPicture';
import { CropDialog } from '../../shared/library/CropDialog';
import { useAsset } from '../../shared/library/requests';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { queryKeys } from '../../shared/query-keys';
import { useCan } from '../../shared/session';
import { deleteAsset, replaceAssetFile, saveAsset, useAssetChanged, useAssetUses } from './api';
import { bodyOf } from './asset-changes';
import { AssetForm } from './AssetForm';
import { AssetPartners } from './AssetPartners';
import { AssetUse } from './AssetUse';
import { RecallAsset } from './RecallAsset';

interface AssetDrawerProps {
  /** Null: closed. */
  readonly id: string | null;
  readonly onClose: () => void;
}

/** An asset: its file, description, use and partners. */
export function AssetDrawer({ id, onClose }: AssetDrawerProps) {
  const { t } = useTranslation();
  const query = useAsset(id ?? '', id !== null);
  const { ask } = useConfirmContext();
  const by = useId();
  // After typing, only the close button closes the drawer, and it asks.
  const [isTyped, setTyped] = useState(false);
  const close = (): void => {
    if (!isTyped) {
      onClose();
      return;
    }
    ask({
      by,
      label: t('library.discard'),
      question: t('library.discardAsk'),
      text: t('library.discardText'),
      danger: true,
      act: async () => onClose(),
    });
  };
  return (
    <Drawer
      opened={id !== null}
      onClose={close}
      position="right"
      size="xl"
      title={t('library.one')}
      closeOnEscape={!isTyped}
      closeOnClickOutside={!isTyped}
    >
      {id !== null && (
        <Loaded query={query} height={480}>
          {(asset) => <Details key={asset.id} asset={asset} onClose={onClose} onTyped={setTyped} />}
        </Loaded>
      )}
    </Drawer>
  );
}

interface DetailsProps {
  readonly asset: LibraryAsset;
  readonly onClose: () => void;
  /** Reports whether there is unsaved input. */
  readonly onTyped: (isTyped: boolean) => void;
}

function Details({ asset, onClose, onTyped }: DetailsProps) {
  const { t } = useTranslation();
  return (
    <Stack>
      <FilePart asset={asset} />
      <Tabs defaultValue="details">
        <Tabs.List mb="md">
          <Tabs.Tab value="details">{t('library.tab.details')}</Tabs.Tab>
          <Tabs.Tab value="use">{t('library.tab.use')}</Tabs.Tab>
          <Tabs.Tab value="partners">{t('library.tab.partners')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="details">
          <AssetForm asset={asset} onTyped={onTyped} />
          <DeleteAsset asset={asset} onDeleted={onClose} />
        </Tabs.Panel>
        <Tabs.Panel value="use">
          <Stack>
            <AssetUse asset={asset} />
            <RecallAsset asset={asset} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="partners">
          <AssetPartners asset={asset} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** The file in use, with its cut, download and replacement. */
function FilePart({ asset }: { readonly asset: LibraryAsset }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file } = asset;
  return (
    <Stack gap="xs">
      <AssetPicture asset={asset} height={180} />
      {file !== null && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          <bdi>{file.name}</bdi> ·{' '}
          {file.width === null ? '' : `${format.number(file.width)} × ${format.number(file.height ?? 0)} · `}
          {file.pages === null ? '' : `${t('library.pages', { count: file.pages })} · `}
          {t('library.kilobytes', { size: format.number(Math.max(1, Math.round(file.bytes / 1000))) })}
          {file.number > 1 && ` · ${t('library.fileNumber', { number: file.number })}`}
        </Text>
      )}
      {file !== null && <FileActions asset={asset} />}
    </Stack>
  );
}

function FileActions({ asset }: { readonly asset: LibraryAsset }) {
  const { t } = useTranslation();
  const can = useCan();
  const changed = useAssetChanged();
  const [cutting, setCutting] = useState(false);
  const replace = useMutation({
    mutationFn: (file: File) => replaceAssetFile(asset.id, file),
    onSuccess: changed,
  });
  const cut = useMutation({
    mutationFn: (crop: LibraryAsset['crop']) => saveAsset(asset, { ...bodyOf(asset), crop }),
    onSuccess: async (saved) => {
      await changed(saved);
      setCutting(false);
    },
  });
  const isPicture = asset.kind === 'picture' || asset.kind === 'logo';
  return (
    <>
      <Group gap="xs">
        <Button
          component="a"
          href={`/api/v1/assets/${asset.id}/file`}
          download={asset.file?.name}
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t('library.download')}
        </Button>
        {can('assets.edit') && (
          <FileButton onChange={(file) => file !== null && replace.mutate(file)}>
            {(props) => (
              <Button
                {...props}
                size="xs"
                variant="default"
                loading={replace.isPending}
                leftSection={<IconRefresh size={14} aria-hidden />}
              >
                {t('library.replaceFile')}
              </Button>
            )}
          </FileButton>
        )}
        {can('assets.edit') && isPicture && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCrop size={14} aria-hidden />}
            onClick={() => setCutting(true)}
          >
            {t('library.crop.open')}
          </Button>
        )}
      </Group>
      <ProblemNote error={replace.error} />
      {replace.isSuccess && <Alert color="teal">{t('library.fileReplaced')}</Alert>}
      <CropDialog
        asset={cutting ? asset : null}
        crop={asset.crop}
        act={t('library.crop.save')}
        isBusy={cut.isPending}
        error={cut.error}
        onClose={() => setCutting(false)}
        onCut={(crop) => cut.mutate(crop)}
      />
    </>
  );
}

function DeleteAsset({ asset, onDeleted }: { readonly asset: LibraryAsset; readonly onDeleted: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const { items: uses = [], videos = [] } = useAssetUses(asset.id).data ?? {};
  if (!can('assets.edit')) return null;
  return (
    <Group justify="flex-start" mt="xl">
      <Confirm
        label={t('library.delete')}
        size="xs"
        icon={<IconTrash size={14} aria-hidden />}
        question={t('library.deleteAsk', { title: asset.title })}
        onConfirm={async () => {
          await deleteAsset(asset.id);
          onDeleted();
          await client.invalidateQueries({ queryKey: queryKeys.library });
        }}
      >
        {uses.length === 0
          ? t('library.deleteUnused')
          : t('library.deleteUsed', { count: new Set(uses.map(({ campaignId }) => campaignId)).size })}
        {videos.length > 0 && ` ${t('library.deletePoster', { count: videos.length })}`}
      </Confirm>
    </Group>
  );
}
