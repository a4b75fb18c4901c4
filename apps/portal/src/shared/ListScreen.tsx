import { Box, Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type Icon, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from './Empty';
import { LoadMore } from './LoadMore';
import { retryOf, type QueryState, Loaded, Page } from './Page';
import { ProblemNote } from './ProblemNote';

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

interface Paged {
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly loadingMore: boolean;
  readonly isOld: boolean;
}

interface ListProps<Item> {
  /** The list on its way: whole, or by pages (`usePages`). */
  readonly list: QueryState<readonly Item[]> & Partial<Paged>;
  /** Pixels that are held for what is on its way. */
  readonly height?: number;
  readonly empty: { readonly icon: Icon; readonly title: string; readonly text: string; readonly action?: ReactNode };
  /** Whether a search or a filter narrows the list: then nothing found is not nothing there. */
  readonly isNarrowed?: boolean;
  /** The rows; `isWhole` where every one of them is here. */
  readonly children: (items: readonly Item[], isWhole: boolean) => ReactNode;
}

/** A list with its place held, its refusal and the way out, what stands where nothing is, and its further pages. */
export function List<Item>({ list, height = 420, empty, isNarrowed = false, children }: ListProps<Item>) {
  const { t } = useTranslation();
  const { hasMore = false, more = () => undefined, loadingMore = false, isOld = false } = list;
  return (
    // What did not come of a list that is here is told at its end.
    <Loaded query={list.data === undefined ? list : { ...list, error: null }} height={height}>
      {(items) => {
        if (items.length > 0)
          return (
            <Stack>
              <Box className="list-rows" data-old={isOld || undefined} aria-busy={isOld}>
                {children(items, !hasMore)}
              </Box>
              {list.error === null ? (
                <LoadMore list={{ hasMore, more, loadingMore }} />
              ) : (
                <ProblemNote error={list.error} again={retryOf(list)} />
              )}
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
  /** What stands above the list's own tools: a form that adds to it, a note. */
  readonly above?: ReactNode;
  readonly search?: Search & { readonly label: string };
  readonly filter?: ReactNode;
  /** Dialogs and notes that belong to the screen and stand below its list. */
  readonly after?: ReactNode;
}

/** The frame of a screen that is a list: heading, actions, filter, search, and the list with all that may become of it. */
export function ListScreen<Item>(props: ListScreenProps<Item>) {
  const { title, lead, actions, above, search, filter, after, ...list } = props;
  const isNarrowed = list.isNarrowed ?? (search !== undefined && search.sought !== '');
  return (
    <Page title={title} lead={lead} actions={actions}>
      {above}
      {(filter !== undefined || search !== undefined) && (
        <Group align="flex-end">
          {search !== undefined && (
            <TextInput
              label={search.label}
              leftSection={<IconSearch size={16} aria-hidden />}
              value={search.words}
              maxLength={100}
              style={{ flex: '1 1 240px' }}
              onChange={(event) => search.type(event.currentTarget.value)}
            />
          )}
          {filter}
        </Group>
      )}
      <List {...list} isNarrowed={isNarrowed} />
      {after}
    </Page>
  );
}
