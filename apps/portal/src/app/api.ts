import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { NOTIFICATIONS_KEY } from '../shared/notifications';
import { get, request } from '../shared/request';

export const signOut = () => request('DELETE /session');

export const switchOrganisation = (body: unknown) => request('POST /session/organisation', { body });

/** The newest notifications, asked for once a minute. */
export const useNotifications = () =>
  useQuery({
    queryKey: [...NOTIFICATIONS_KEY, 'newest'],
    queryFn: get('/notifications', { query: new URLSearchParams({ limit: '10' }) }),
    refetchInterval: 60_000,
  });

export const confirmIdentity = (body: unknown) => request('POST /session/confirmation', { body });

/** What the server finds by name. @param words empty: it is not asked. */
export const useSearch = (words: string) =>
  useQuery({
    queryKey: ['search', words],
    queryFn: get('/search', { query: new URLSearchParams({ q: words }) }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
