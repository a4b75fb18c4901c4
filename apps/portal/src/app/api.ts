import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, request } from '../shared/request';

export const signOut = () => request('DELETE /session');

export const switchOrganisation = (body: unknown) => request('POST /session/organisation', { body });

export const NEWS_KEY = ['news'];

/** News of the organisation, asked for once a minute. */
export const useNews = () => useQuery({ queryKey: NEWS_KEY, queryFn: get('/news'), refetchInterval: 60_000 });

/** @param body `until`: news until then count as read. */
export const readNews = (body: unknown) => request('POST /news/read', { body });

export const confirmIdentity = (body: unknown) => request('POST /session/confirmation', { body });

/** What the server finds by name. @param words empty: it is not asked. */
export const useSearch = (words: string) =>
  useQuery({
    queryKey: ['search', words],
    queryFn: get('/search', { query: new URLSearchParams({ q: words }) }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
