import { useQuery } from '@tanstack/react-query';
import { get, type QueryOptions } from '../../shared/request';
import { queryKeys } from '../../shared/query-keys';

export const useActivations = (options: QueryOptions<'/activations'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.activations, 'home'],
    queryFn: get('/activations', { query: 'limit=50&state=running' }),
    ...options,
  });

/** Ended ones, newest launch first. */
export const useEndedActivations = (options: QueryOptions<'/activations'> = {}) =>
  useQuery({
    queryKey: [...queryKeys.activations, 'ended'],
    queryFn: get('/activations', { query: 'limit=50&state=over' }),
    ...options,
  });

export const useWaitingLeads = (options: QueryOptions<'/leads/waiting'> = {}) =>
  useQuery({ queryKey: [...queryKeys.leads, 'waiting', 'count'], queryFn: get('/leads/waiting'), ...options });

export const useWaitingPosts = (options: QueryOptions<'/ready-posts/waiting'> = {}) =>
  useQuery({ queryKey: [...queryKeys.readyPosts, 'waiting'], queryFn: get('/ready-posts/waiting'), ...options });
