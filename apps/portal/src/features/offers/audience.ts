import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../shared/api';
import { type AudiencePart, sumAudience } from './audience-total';
import { queryKeys } from '../../shared/query-keys';

/**
 * Counts the recipients of lists in parts.
 * Totals are exact for the parts counted so far.
 */
export function useAudience(
  versionId: string,
  { include, exclude }: { readonly include: readonly string[]; readonly exclude: readonly string[] },
  withoutHoldOut: boolean,
) {
  const lists = new URLSearchParams({
    include: include.join(','),
    exclude: exclude.join(','),
    withoutHoldOut: String(withoutHoldOut),
  }).toString();
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [...queryKeys.audience, versionId, lists],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call<AudiencePart>(
        'GET',
        `/offers/${versionId}/audience?${lists}${pageParam === null ? '' : `&after=${pageParam}`}`,
        { signal },
      ),
    getNextPageParam: (last) => last.nextAfter,
    enabled: include.length > 0,
    // Recounting half a million contacts on window focus is useless.
    refetchOnWindowFocus: false,
  });
  const canGoOn = hasNextPage && !isFetching && error === null;
  useEffect(() => {
    if (canGoOn) void fetchNextPage();
  }, [canGoOn, fetchNextPage]);
  // After an error only the missing parts are requested.
  return data === undefined
    ? { data, error, isFetching, refetch }
    : { data: sumAudience(data.pages), error, isFetching, refetch: fetchNextPage };
}
