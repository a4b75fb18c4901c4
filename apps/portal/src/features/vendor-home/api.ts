import { useQuery } from '@tanstack/react-query';
import { FOLLOWS_MARK } from '../../shared/number-age';
import { useReadAgain } from '../../shared/read-again';
import { get } from '../../shared/request';
import { useVendorMoney } from '../../shared/vendor-returns';

/** A dozen counts of what waits: no numbers of events. */
const DECISIONS_MS = 15_000;

export const useWaitingWork = () =>
  useQuery({ queryKey: ['waiting-work'], queryFn: get('/waiting-work'), refetchInterval: DECISIONS_MS });

/**
 * Lists of partners and campaigns, and released numbers, change by the day. Won amounts change at any time: with them
 * all is read again.
 * @param canReadReturns whether the user may read what partners won.
 */
export function useVendorHome(canReadReturns: boolean) {
  const home = useQuery({ queryKey: ['vendor-home'], queryFn: get('/vendor-home'), ...FOLLOWS_MARK });
  useReadAgain(useVendorMoney(canReadReturns), home.refetch);
  return home;
}
