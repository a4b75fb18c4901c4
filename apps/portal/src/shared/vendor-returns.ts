import { queryOptions, useQuery } from '@tanstack/react-query';
import { useFreshNumbers } from './number-age';
import { queryKeys } from './query-keys';
import { get } from './request';

export const VENDOR_RETURNS = queryOptions({
  queryKey: [...queryKeys.returns, 'vendor'],
  queryFn: get('/vendor-insight/returns'),
});

/** What campaigns cost a vendor, and what its partners won. */
export const useVendorReturns = (enabled = true) => useQuery({ ...VENDOR_RETURNS, ...useFreshNumbers(), enabled });

/**
 * Changes with what partners won, lost or refunded as far as the vendor sees it, and with their leads. One request,
 * in place of what is read partner by partner or week by week.
 * @returns undefined while it is read.
 */
export function useVendorMoney(enabled = true): string | undefined {
  const { data } = useVendorReturns(enabled);
  return data && JSON.stringify([data.showing, data.total, data.campaigns]);
}
