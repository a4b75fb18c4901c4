import { useQuery } from '@tanstack/react-query';
import { NUMBERS_MS } from '../../shared/number-age';
import { get } from '../../shared/request';

/** Lists of partners and campaigns, and released numbers: these change by the day. */
const HOME_MS = 60_000;

export const useWaitingWork = () =>
  useQuery({ queryKey: ['waiting-work'], queryFn: get('/waiting-work'), refetchInterval: NUMBERS_MS });

export const useVendorHome = () =>
  useQuery({ queryKey: ['vendor-home'], queryFn: get('/vendor-home'), refetchInterval: HOME_MS });
