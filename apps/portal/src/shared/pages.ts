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
  /** Whether what is shown was asked for before: the answer to what is asked now is on its way. */
  readonly isOld: boolean;
  readonly refetch: () => unknown;
  readonly isFetching: boolean;
}

/**
 * A list of the API page by page; while another search or filter is on its way the last rows stay, so that nothing jumps. `path` carries its own query, if any; `again` says in how many milliseconds it is asked for anew, by what it has; `body` is that of a list that is
 * asked for by POST.
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
