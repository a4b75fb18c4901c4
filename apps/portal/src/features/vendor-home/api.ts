import { useQuery } from '@tanstack/react-query';
import { get } from '../../shared/request';

const REFRESH_MS = 60_000;

export const useWaitingWork = () =>
  useQuery({ queryKey: ['waiting-work'], queryFn: get('/waiting-work'), refetchInterval: REFRESH_MS });

export const useVendorHome = () =>
  useQuery({ queryKey: ['vendor-home'], queryFn: get('/vendor-home'), refetchInterval: REFRESH_MS });
