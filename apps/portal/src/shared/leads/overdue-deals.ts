import { useQuery } from '@tanstack/react-query';
import { useFreshNumbers } from '../number-age';
import { queryKeys } from '../query-keys';
import { get } from '../request';

/** Open deals whose expected day is past, and the day that is today for them. */
export const useOverdueDeals = () =>
  useQuery({ queryKey: [...queryKeys.deals, 'overdue'], queryFn: get('/deals/overdue'), ...useFreshNumbers() });
