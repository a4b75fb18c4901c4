import { useQuery } from '@tanstack/react-query';
import { useFreshNumbers } from '../number-age';
import { queryKeys } from '../query-keys';
import { get } from '../request';

/**
 * Which deal of the partner was changed or withdrawn last, and when: a row each, in place of all that is computed of
 * deals.
 * @returns undefined while it is read; empty: there is no deal.
 */
export function useNewestDealChange(): string | undefined {
  const changed = useNewest('');
  // The list without a stage has no withdrawn deals.
  const withdrawn = useNewest('&stage=withdrawn');
  return changed === undefined || withdrawn === undefined ? undefined : `${changed} ${withdrawn}`.trim();
}

function useNewest(filter: '' | '&stage=withdrawn'): string | undefined {
  const { data } = useQuery({
    queryKey: [...queryKeys.deals, 'newest-change', filter],
    queryFn: get('/deals', { query: `limit=1&sort=-updatedAt${filter}` }),
    ...useFreshNumbers(),
  });
  return data?.items.map(({ id, updatedAt }) => `${id} ${updatedAt}`).join('');
}
