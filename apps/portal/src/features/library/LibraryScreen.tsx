import { Badge, Button, Card, Group, Menu, NativeSelect, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconPhoto, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ListedAsset } from '#contracts';
import { ListScreen, useSearch } from '../../shared/ListScreen';
import { AssetPicture } from '../../shared/library/AssetPicture';
import { type AssetFilter, type AssetKind, NO_FILTER, useAssets, useLibraryNames } from '../../shared/library/requests';
import { useCan } from '../../shared/session';
import { AssetDrawer } from './AssetDrawer';
import { DueNote } from './DueNote';
import { NewAsset, type NewKind } from './NewAsset';
import { UploadBox } from './UploadBox';
import { useUploadQueue } from './use-upload-queue';

const KINDS = ['picture', 'logo', 'document', 'video', 'text', 'block', 'signature'] as const;
const STATES = ['review-due', 'expires-soon', 'expired', 'shared'] as const;
const NEW: readonly NewKind[] = ['text', 'signature', 'video'];

/** The vendor's library: pictures, documents, videos, texts and saved blocks. */
export function LibraryScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const search = useSearch();
  const [filter, setFilter] = useState<AssetFilter>(NO_FILTER);
  const [created, setCreated] = useState<NewKind | null>(null);
  const [params, setParams] = useSearchParams();
  const queue = useUploadQueue();
  const list = useAssets({ ...filter, words: search.sought });
  const { words: _, ...narrowing } = filter;
  const open = (id: string | null): void => setParams(id === null ? {} : { asset: id });
  return (
    <ListScreen
      title={t('library.title')}
      lead={t('library.lead')}
      actions={can('assets.edit') && <NewMenu onChoose={setCreated} />}
      above={
        <>
          <DueNote onShow={(state) => setFilter({ ...NO_FILTER, state })} />
          {can('assets.edit') && <UploadBox queue={queue} folder={filter.folder} />}
        </>
      }
      search={{ ...search, label: t('library.search') }}
      filter={<Filters filter={filter} onFilter={setFilter} />}
      isNarrowed={
        search.sought !== '' || JSON.stringify(narrowing) !== JSON.stringify({ ...NO_FILTER, words: undefined })
      }
      list={list}
      height={380}
      empty={{ icon: IconPhoto, title: t('library.none'), text: t('library.noneText') }}
      after={
        <>
          <AssetDrawer id={params.get('asset')} onClose={() => open(null)} />
          <NewAsset
            kind={created}
            folder={filter.folder}
            onClose={() => setCreated(null)}
            onCreated={(asset) => {
              setCreated(null);
              open(asset.id);
            }}
          />
        </>
      }
    >
      {(assets) => (
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
          {assets.map((asset) => (
            <AssetTile key={asset.id} asset={asset} onOpen={() => open(asset.id)} />
          ))}
        </SimpleGrid>
      )}
    </ListScreen>
  );
}

function NewMenu({ onChoose }: { readonly onChoose: (kind: NewKind) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} aria-hidden />}>{t('library.new.open')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {NEW.map((kind) => (
          <Menu.Item key={kind} onClick={() => onChoose(kind)}>
            {t(`library.new.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface FiltersProps {
  readonly filter: AssetFilter;
  readonly onFilter: (filter: AssetFilter) => void;
}

function Filters({ filter, onFilter }: FiltersProps) {
  const { t } = useTranslation();
  const { folders = [], tags = [] } = useLibraryNames().data ?? {};
  const plain = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label={t('library.kind')}
        value={filter.kinds[0] ?? ''}
        data={[
          { value: '', label: t('library.anyKind') },
          ...KINDS.map((kind) => ({ value: kind, label: t(`library.kinds.${kind}`) })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          const kind = KINDS.find((one) => one === value);
          onFilter({ ...filter, kinds: kind === undefined ? [] : [kind] });
        }}
      />
      <NativeSelect
        label={t('library.folder')}
        value={filter.folder}
        data={[{ value: '', label: t('library.anyFolder') }, ...plain(folders)]}
        onChange={(event) => onFilter({ ...filter, folder: event.currentTarget.value })}
      />
      {tags.length > 0 && (
        <NativeSelect
          label={t('library.tag')}
          value={filter.tag}
          data={[{ value: '', label: t('library.anyTag') }, ...plain(tags)]}
          onChange={(event) => onFilter({ ...filter, tag: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        label={t('library.stateLabel')}
        value={filter.state}
        data={[
          { value: '', label: t('library.anyState') },
          ...STATES.map((state) => ({ value: state, label: t(`library.state.${state}`) })),
        ]}
        onChange={(event) => onFilter({ ...filter, state: event.currentTarget.value })}
      />
    </Group>
  );
}

const COLOURS: Readonly<Record<ListedAsset['state'], string>> = {
  current: 'gray',
  'review-due': 'yellow',
  'expires-soon': 'yellow',
  expired: 'red',
};

/** Badges of an asset: its kind, and what needs attention. */
function AssetBadges({ asset: { kind, state, share, withdrawn } }: { readonly asset: ListedAsset }) {
  const { t } = useTranslation();
  return (
    <Group gap={4}>
      <Badge variant="default" size="sm">
        {t(`library.kinds.${kind satisfies AssetKind}`)}
      </Badge>
      {state !== 'current' && (
        <Badge variant="light" size="sm" color={COLOURS[state]}>
          {t(`library.state.${state}`)}
        </Badge>
      )}
      {share !== null && (
        <Badge variant="light" size="sm" color={withdrawn === null ? 'teal' : 'red'}>
          {t(withdrawn === null ? 'library.state.shared' : 'library.state.withdrawn')}
        </Badge>
      )}
    </Group>
  );
}

function AssetTile({ asset, onOpen }: { readonly asset: ListedAsset; readonly onOpen: () => void }) {
  return (
    <Card withBorder padding={0} className="offer-card">
      <UnstyledButton onClick={onOpen} aria-haspopup="dialog">
        <AssetPicture asset={asset} height={128} />
        <Stack gap={6} p="xs">
          <Text size="sm" fw={600} lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{asset.title}</bdi>
          </Text>
          <AssetBadges asset={asset} />
        </Stack>
      </UnstyledButton>
    </Card>
  );
}
