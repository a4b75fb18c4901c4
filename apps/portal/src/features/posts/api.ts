import { usePages } from '../../shared/pages';
import { refetchIntervalFor } from '../../shared/posts/refetch-interval';
import { queryKeys } from '../../shared/query-keys';

/** Due posts of all campaigns. */
export const useReadyPosts = (state: 'all' | 'open') =>
  usePages({
    queryKey: [...queryKeys.readyPosts, state],
    route: 'GET /ready-posts',
    query: `limit=20&state=${state}`,
    refetchInterval: refetchIntervalFor,
  });
