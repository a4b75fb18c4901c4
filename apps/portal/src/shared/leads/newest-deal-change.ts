import { useQuery } from '@tanstack/react-query';
import { useFreshNumbers } from '../number-age';
import { queryKeys } from '../query-keys';
import { get } from '../request';

/**
 * Which deal of the partner was changed last, and when: one row, in place of all that is computed of deals.
 * @returns undefined while it is read; empty: there is no deal.
 */
export function useNewestDealChange(): string | undefined {
  const { data } = useQuery({
    queryKey: [...queryKeys.deals, 'newest-change'],
    queryFn: get('/deals', { query: 'limit=1&sort=-updatedAt' }),
    ...useFreshNumbers(),
  });
  return data?.items.map(({ id, updatedAt }) => `${id} ${updatedAt}`).join('');
}
