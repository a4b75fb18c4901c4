import { useInfiniteQuery } from '@tanstack/react-query';
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
}

/** A list of the API page by page. `path` carries its own query, if any; `body` that of a list that is asked for by POST. */
export function usePages<T>(
  key: readonly unknown[],
  path: string,
  refetchInterval: number | false = false,
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
    refetchInterval,
  });
  return {
    data: query.data?.pages.flatMap((page) => page.items),
    error: query.error,
    hasMore: query.hasNextPage,
    more: () => void query.fetchNextPage(),
    loadingMore: query.isFetchingNextPage,
  };
}

const withCursor = (path: string, cursor: string | null) =>
  cursor === null ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
