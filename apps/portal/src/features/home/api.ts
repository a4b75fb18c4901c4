import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useFreshNumbers } from '../../shared/number-age';
import { get, type QueryOptions, request } from '../../shared/request';
import { invalidate, queryKeys } from '../../shared/query-keys';

/** Milliseconds. */
const PROGRESS_MS = 15_000;

export const useActivations = (options: QueryOptions<'/activations'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.activations, 'home'],
    queryFn: get('/activations', { query: 'limit=50&state=running' }),
    // With their progress: a card that is not among the newest any more would have none.
    refetchInterval: PROGRESS_MS,
    ...options,
  });

/** How far the first `limit` of them are. */
export const useRunningProgress = (limit: number) =>
  useQuery({
    queryKey: [...queryKeys.activations, 'progress', limit],
    queryFn: get('/activations/progress', { query: `limit=${limit}` }),
    refetchInterval: PROGRESS_MS,
  });

/** Ended ones, newest launch first. */
export const useEndedActivations = (options: QueryOptions<'/activations'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.activations, 'ended'],
    queryFn: get('/activations', { query: 'limit=50&state=over' }),
    ...options,
  });

export const useWaitingLeads = () =>
  useQuery({
    queryKey: [...queryKeys.leads, 'waiting', 'count'],
    queryFn: get('/leads/waiting'),
    ...useFreshNumbers(),
  });

export const useWaitingPosts = (options: QueryOptions<'/ready-posts/waiting'> = {}) =>
  useQuery({ queryKey: [...queryKeys.readyPosts, 'waiting'], queryFn: get('/ready-posts/waiting'), ...options });

/** Always read anew: its steps are changed by other screens, and by other people. */
export const useOnboarding = () =>
  useQuery({ queryKey: queryKeys.onboarding, queryFn: get('/onboarding'), staleTime: 0 });

export function useHideOnboarding(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await request('POST /onboarding/hidden');
    await invalidate(client, queryKeys.onboarding);
  };
}
