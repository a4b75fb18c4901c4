import { Button, Card, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPhoto, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedAsset } from '#contracts';
import { Dialog } from '../Dialog';
import { List, useSearch } from '../ListScreen';
import { AssetPicture } from './AssetPicture';
import { type AssetKind, NO_FILTER, useAssets, useLibraryNames } from './requests';

interface LibraryChoiceProps {
  readonly opened: boolean;
  readonly title: string;
  readonly kinds: readonly AssetKind[];
  readonly onClose: () => void;
  readonly onChoose: (asset: ListedAsset) => void;
}

/** A dialog to choose an asset of the library. */
export function LibraryChoice({ opened, title, onClose, ...props }: LibraryChoiceProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title} size="xl" centered>
      {opened && <Choice {...props} />}
    </Dialog>
  );
}

function Choice({ kinds, onChoose }: Pick<LibraryChoiceProps, 'kinds' | 'onChoose'>) {
  const { t } = useTranslation();
  const search = useSearch();
  const [folder, setFolder] = useState('');
  const folders = useLibraryNames().data?.folders ?? [];
  const list = useAssets({ ...NO_FILTER, words: search.sought, kinds, folder });
  return (
    <Stack>
      <Group align="flex-end">
        <TextInput
          label={t('library.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search.words}
          maxLength={100}
          style={{ flex: '1 1 180px' }}
          onChange={(event) => search.type(event.currentTarget.value)}
          data-autofocus
        />
        {folders.length > 0 && (
          <NativeSelect
            label={t('library.folder')}
            value={folder}
            data={[{ value: '', label: t('library.anyFolder') }, ...folders.map((one) => ({ value: one, label: one }))]}
            onChange={(event) => setFolder(event.currentTarget.value)}
          />
        )}
      </Group>
      <List
        list={list}
        isNarrowed={search.sought !== '' || folder !== ''}
        empty={{ icon: IconPhoto, title: t('library.none'), text: t('library.noneToChoose') }}
      >
        {(assets) => (
          <SimpleGrid cols={{ base: 2, sm: 3, md: 4 }} spacing="sm">
            {assets.map((asset) => (
              <ChoiceCard key={asset.id} asset={asset} onChoose={onChoose} />
            ))}
          </SimpleGrid>
        )}
      </List>
    </Stack>
  );
}

function ChoiceCard({ asset, onChoose }: { readonly asset: ListedAsset } & Pick<LibraryChoiceProps, 'onChoose'>) {
  const { t } = useTranslation();
  const isExpired = asset.state === 'expired';
  return (
    <Card withBorder padding="xs">
      <Card.Section withBorder>
        <AssetPicture asset={asset} height={96} />
      </Card.Section>
      <Stack gap={6} mt="xs">
        <Text size="sm" fw={600} lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
          {asset.title}
        </Text>
        {isExpired && (
          <Text size="xs" c="var(--mantine-color-error)">
            {t('library.state.expired')}
          </Text>
        )}
        <Button
          size="xs"
          variant="default"
          disabled={isExpired}
          aria-label={t('library.chooseOne', { title: asset.title })}
          onClick={() => onChoose(asset)}
        >
          {t('library.choose')}
        </Button>
      </Stack>
    </Card>
  );
}
