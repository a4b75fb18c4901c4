import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { queryKeys } from './query-keys';
import { get } from './request';

/**
 * The first partners whose name contains the words.
 * @param outsideGroups none that is in one of these partner groups.
 */
export const useFoundPartners = (words: string, outsideGroups: readonly string[]) => {
  const query = new URLSearchParams({
    limit: '20',
    status: 'active',
    ...(words === '' ? {} : { q: words }),
    ...(outsideGroups.length === 0 ? {} : { outsideGroups: outsideGroups.join(',') }),
  });
  return useQuery({
    queryKey: [...queryKeys.partners, 'to-choose', words, outsideGroups],
    queryFn: get('/partners', { query }),
    placeholderData: keepPreviousData,
  });
};

/** Names of partners by id; the id itself until it is loaded. */
export const usePartnerNames = (ids: readonly string[]): { readonly id: string; readonly name: string }[] =>
  useQueries({
    queries: ids.map((id) => ({
      queryKey: [...queryKeys.partners, 'name', id],
      queryFn: get('/partners/:partnerId', { params: { partnerId: id } }),
    })),
    combine: (results) => results.map(({ data }, at) => ({ id: ids[at] ?? '', name: data?.name ?? ids[at] ?? '' })),
  });
