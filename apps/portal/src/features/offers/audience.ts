import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../shared/api';
import { type AudiencePart, sumAudience } from './audience-total';

/** A long list is looked at part by part, and what is known stands there at once: its sums are exact for those who were looked at. */
export function useAudience(versionId: string, listId: string) {
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['audience', versionId, listId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call<AudiencePart>(
        'GET',
        `/offers/${versionId}/audience?listId=${listId}${pageParam === null ? '' : `&after=${pageParam}`}`,
        { signal },
      ),
    getNextPageParam: (last) => last.nextAfter,
    enabled: listId !== '',
    // Looking at half a million people again because a window was looked at again helps nobody.
    refetchOnWindowFocus: false,
  });
  const canGoOn = hasNextPage && !isFetching && error === null;
  useEffect(() => {
    if (canGoOn) void fetchNextPage();
  }, [canGoOn, fetchNextPage]);
  // Of what did not come only the rest is asked for again.
  return data === undefined
    ? { data, error, isFetching, refetch }
    : { data: sumAudience(data.pages), error, isFetching, refetch: fetchNextPage };
}
