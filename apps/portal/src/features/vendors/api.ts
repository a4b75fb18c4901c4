import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../shared/query-keys';
import { get, type QueryOptions } from '../../shared/request';

export const useVendors = (options: QueryOptions<'/vendors'> = {}) =>
  useQuery({ queryKey: queryKeys.vendors, queryFn: get('/vendors'), ...options });

export const useOwnTotals = (options: QueryOptions<'/shared-totals'> = {}) =>
  useQuery({ queryKey: queryKeys.sharedTotals, queryFn: get('/shared-totals'), ...options });
