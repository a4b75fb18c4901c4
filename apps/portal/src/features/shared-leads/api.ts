import { useQuery } from '@tanstack/react-query';
import { useFreshNumbers, useFreshRows } from '../../shared/number-age';
import { usePages } from '../../shared/pages';
import { get, type QueryOptions, request } from '../../shared/request';

export const sharedLeadKeys = {
  list: ['disclosed-leads'],
  recipient: ['disclosure-recipient'],
} as const;

export const useSharedLeads = () =>
  usePages({
    queryKey: [...sharedLeadKeys.list, 'all'],
    route: 'GET /disclosed-leads',
    query: 'limit=50',
    ...useFreshRows(),
  });

/** @param query of the address: filters and the sort. */
export const useDisclosedDeals = (query: string) =>
  usePages({
    queryKey: ['disclosed-deals', query],
    route: 'GET /disclosed-deals',
    query: query === '' ? 'limit=50' : `limit=50&${query}`,
    ...useFreshRows(),
  });

/** One lead, which the loaded pages may not contain. */
export const useSharedLead = (disclosureId: string, options: QueryOptions<'/disclosed-leads/:disclosureId'> = {}) =>
  useQuery({
    queryKey: [...sharedLeadKeys.list, disclosureId],
    queryFn: get('/disclosed-leads/:disclosureId', { params: { disclosureId } }),
    ...useFreshNumbers(),
    ...options,
  });

export const answerSharedLead = (disclosureId: string, body: unknown) =>
  request('POST /disclosed-leads/:disclosureId/answers', { params: { disclosureId }, body });

export const useRecipient = () =>
  useQuery({ queryKey: sharedLeadKeys.recipient, queryFn: get('/disclosure-recipient') });

/** @param userId null: the owners. */
export const saveRecipient = (userId: string | null) => request('PUT /disclosure-recipient', { body: { userId } });
