import { Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type Icon, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from './Empty';
import { More } from './More';
import { Loaded, Page } from './Page';

/** A pause in typing after which is looked for. */
const PAUSE_MS = 250;

/** What somebody looks for in a list: `words` as they are typed, `sought` once they pause. */
export interface Search {
  readonly words: string;
  readonly sought: string;
  readonly type: (words: string) => void;
}

/** The words that a list is searched for. */
export function useSearch(): Search {
  const [words, type] = useState('');
  const [sought] = useDebouncedValue(words.trim(), PAUSE_MS);
  return { words, sought, type };
}

interface Listed<Item> {
  readonly data: readonly Item[] | undefined;
  readonly error: unknown;
}
interface Paged {
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly loadingMore: boolean;
}

interface ListProps<Item> {
  /** The list on its way: whole, or by pages (`usePages`). */
  readonly list: Listed<Item> & Partial<Paged>;
  /** Pixels that are held for what is on its way. */
  readonly height?: number;
  readonly empty: { readonly icon: Icon; readonly title: string; readonly text: string; readonly action?: ReactNode };
  /** Whether a search or a filter narrows the list: then nothing found is not nothing there. */
  readonly isNarrowed?: boolean;
  /** The rows; `isWhole` where every one of them is here. */
  readonly children: (items: readonly Item[], isWhole: boolean) => ReactNode;
}

/** A list with its place held, its refusal, what stands where nothing is, and its further pages. */
export function List<Item>({ list, height = 420, empty, isNarrowed = false, children }: ListProps<Item>) {
  const { t } = useTranslation();
  const { hasMore = false, more = () => undefined, loadingMore = false } = list;
  return (
    <Loaded query={list} height={height}>
      {(items) => {
        if (items.length > 0)
          return (
            <Stack>
              {children(items, !hasMore)}
              <More list={{ hasMore, more, loadingMore }} />
            </Stack>
          );
        return isNarrowed ? (
          <Empty icon={IconSearch} title={t('common.nothingFound')}>
            {t('common.nothingFoundText')}
          </Empty>
        ) : (
          <Empty icon={empty.icon} title={empty.title} action={empty.action}>
            {empty.text}
          </Empty>
        );
      }}
    </Loaded>
  );
}

interface ListScreenProps<Item> extends ListProps<Item> {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly search?: Search & { readonly label: string };
  readonly filter?: ReactNode;
  /** Dialogs and notes that belong to the screen and stand below its list. */
  readonly after?: ReactNode;
}

/** The frame of a screen that is a list: heading, actions, filter, search, and the list with all that may become of it. */
export function ListScreen<Item>({ title, lead, actions, search, filter, after, ...list }: ListScreenProps<Item>) {
  const isNarrowed = list.isNarrowed ?? (search !== undefined && search.sought !== '');
  return (
    <Page title={title} lead={lead} actions={actions}>
      {(filter !== undefined || search !== undefined) && (
        <Stack gap="md">
          {filter}
          {search !== undefined && (
            <Group>
              <TextInput
                label={search.label}
                leftSection={<IconSearch size={16} aria-hidden />}
                value={search.words}
                maxLength={100}
                style={{ flex: '1 1 240px' }}
                onChange={(event) => search.type(event.currentTarget.value)}
              />
            </Group>
          )}
        </Stack>
      )}
      <List {...list} isNarrowed={isNarrowed} />
      {after}
    </Page>
  );
}
