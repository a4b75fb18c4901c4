import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { call } from './api';

interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

interface Pages<T> {
  readonly data: readonly T[] | undefined;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly loadingMore: boolean;
  /**
   * Whether the rows belong to the last search, while the current one is
   * loading.
   */
  readonly isOld: boolean;
  readonly refetch: () => unknown;
  readonly isFetching: boolean;
}

/**
 * A paginated list of the API. The old rows stay while another search or filter
 * loads, so that the layout does not jump. `path` may contain a query. `again`
 * returns the refetch interval in milliseconds for the loaded rows. `body`
 * makes the request a POST.
 */
export function usePages<T>(
  key: readonly unknown[],
  path: string,
  again: number | false | ((items: readonly T[]) => number | false) = false,
  body?: unknown,
): Pages<T> {
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call<PageOf<T>>(body === undefined ? 'GET' : 'POST', withCursor(path, pageParam), {
        signal,
        ...(body === undefined ? {} : { body }),
      }),
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) =>
      typeof again === 'function' ? again(state.data?.pages.flatMap(({ items }) => items) ?? []) : again,
    placeholderData: keepPreviousData,
  });
  return {
    data: query.data?.pages.flatMap((page) => page.items),
    error: query.error,
    hasMore: query.hasNextPage,
    more: () => void query.fetchNextPage(),
    loadingMore: query.isFetchingNextPage,
    isOld: query.isPlaceholderData,
    refetch: query.refetch,
    isFetching: query.isFetching,
  };
}

const withCursor = (path: string, cursor: string | null) =>
  cursor === null ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
