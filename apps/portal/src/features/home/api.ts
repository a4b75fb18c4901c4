import { useQuery } from '@tanstack/react-query';
import { get, type QueryOptions } from '../../shared/request';

export const useActivations = (options: QueryOptions<'/activations'> = {}) =>
  useQuery({
    queryKey: ['activations', 'home'],
    queryFn: get('/activations', { query: 'limit=50&state=running' }),
    ...options,
  });

export const useWaitingLeads = (options: QueryOptions<'/leads/waiting'> = {}) =>
  useQuery({ queryKey: ['leads', 'waiting', 'count'], queryFn: get('/leads/waiting'), ...options });

export const useWaitingPosts = (options: QueryOptions<'/ready-posts/waiting'> = {}) =>
  useQuery({ queryKey: ['ready-posts', 'waiting'], queryFn: get('/ready-posts/waiting'), ...options });
