import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ItemOf, type PagedRoute, type PageInput, requestPage } from './request';

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

type PagesInput<R extends PagedRoute> = PageInput<R> & {
  readonly queryKey: readonly unknown[];
  readonly route: R;
  /** Milliseconds between refetches, for the loaded rows. */
  readonly refetchInterval?: number | false | ((items: readonly ItemOf<R>[]) => number | false);
  readonly refetchOnWindowFocus?: boolean;
  readonly refetchOnReconnect?: boolean;
  readonly staleTime?: number;
};

/**
 * A paginated list of the API. The old rows stay while another search or filter
 * loads, so that the layout does not jump. The route determines the type of the
 * rows.
 */
export function usePages<R extends PagedRoute>(input: PagesInput<R>): Pages<ItemOf<R>> {
  const { queryKey, route, refetchInterval = false, refetchOnWindowFocus, refetchOnReconnect, staleTime } = input;
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => requestPage(route, input, pageParam, signal),
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) =>
      typeof refetchInterval === 'function'
        ? refetchInterval(state.data?.pages.flatMap(({ items }) => items) ?? [])
        : refetchInterval,
    placeholderData: keepPreviousData,
    ...(staleTime === undefined ? {} : { staleTime }),
    ...(refetchOnWindowFocus === undefined ? {} : { refetchOnWindowFocus }),
    ...(refetchOnReconnect === undefined ? {} : { refetchOnReconnect }),
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
