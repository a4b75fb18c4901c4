import { useLocation } from 'react-router';
import { Box, Button, Group, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type Icon, IconFilter, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from './Empty';
import { LoadMore } from './LoadMore';
import { useIsPhone } from './is-phone';
import { retryOf, type QueryState, Loaded, Page } from './Page';
import { ProblemNote } from './ProblemNote';
import { SearchField } from './SearchField';
import { useUrlState } from './url-state';

/** Debounce of the search. */
const PAUSE_MS = 250;

/** Search of a list: `words` as typed, `sought` debounced. */
export interface Search {
  readonly words: string;
  readonly sought: string;
  readonly type: (words: string) => void;
}

/** State of a list search. */
export function useSearch(): Search {
  // The search over everything leads to a list with a name.
  const given = new URLSearchParams(useLocation().search).get('q') ?? '';
  const [taken, take] = useState(given);
  const [words, type] = useState(given);
  if (given !== taken) {
    take(given);
    type(given);
  }
  const [sought] = useDebouncedValue(words.trim(), PAUSE_MS);
  return { words, sought, type };
}

/**
 * The search of a list, in the address: a link, a file and a saved view have the same rows.
 * @param name of its parameter.
 */
export function useSharedSearch(name = 'q'): Search {
  const [words, type] = useUrlState<string>(name, '');
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
  /** Query of the list: whole, or paginated (`usePages`). */
  readonly list: QueryState<readonly Item[]> & Partial<Paged>;
  /** Height of the placeholder in pixels. */
  readonly height?: number;
  readonly empty: { readonly icon: Icon; readonly title: string; readonly text: string; readonly action?: ReactNode };
  /**
   * Whether a search or filter is active.
   * Then no results does not mean no data.
   */
  readonly isNarrowed?: boolean;
  /** Renders the rows; `isWhole` if all are loaded. */
  readonly children: (items: readonly Item[], isWhole: boolean) => ReactNode;
}

/** A list with placeholder, error, empty state and pagination. */
export function List<Item>({ list, height = 420, empty, isNarrowed = false, children }: ListProps<Item>) {
  const { t } = useTranslation();
  const { hasMore = false, more = () => undefined, loadingMore = false, isOld = false } = list;
  return (
    // An error of a further page is shown at the end of the list.
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
  /** Content above the filters, such as a form or a note. */
  readonly above?: ReactNode;
  readonly search?: Search & { readonly label: string };
  readonly filter?: ReactNode;
  /** Content below the filters. Unlike them, it stays when a window becomes as narrow as a phone. */
  readonly below?: ReactNode;
  /** Dialogs and notes below the list. */
  readonly after?: ReactNode;
}

/** Layout of a list screen: heading, actions, filter, search and list. */
export function ListScreen<Item>(props: ListScreenProps<Item>) {
  const { title, lead, actions, above, search, filter, below, after, ...list } = props;
  const isNarrowed = list.isNarrowed ?? (search !== undefined && search.sought !== '');
  return (
    <Page title={title} lead={lead} actions={actions}>
      {above}
      {(filter !== undefined || search !== undefined) && (
        <Group align="flex-end">
          {search !== undefined && <SearchField label={search.label} search={search} />}
          <Filters>{filter}</Filters>
        </Group>
      )}
      {below}
      <List {...list} isNarrowed={isNarrowed} />
      {after}
    </Page>
  );
}

/** Filters; on a phone behind a button, so that the list is in sight. */
function Filters({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(false);
  if (children === undefined || !isPhone) return children;
  return (
    <>
      <Button
        variant={isOpen ? 'light' : 'default'}
        leftSection={<IconFilter size={16} aria-hidden />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('common.filter')}
      </Button>
      {isOpen && children}
    </>
  );
}
