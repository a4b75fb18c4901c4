import { useQuery } from '@tanstack/react-query';
import { get } from '../../shared/request';

/** A dozen counts of what waits: no numbers of events. */
const DECISIONS_MS = 15_000;
/** Lists of partners and campaigns, and released numbers: these change by the day. */
const HOME_MS = 60_000;

export const useWaitingWork = () =>
  useQuery({ queryKey: ['waiting-work'], queryFn: get('/waiting-work'), refetchInterval: DECISIONS_MS });

export const useVendorHome = () =>
  useQuery({ queryKey: ['vendor-home'], queryFn: get('/vendor-home'), refetchInterval: HOME_MS });
