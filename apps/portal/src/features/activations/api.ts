import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions, type RequestInput } from '../../shared/request';

export const useActivationAssets = (
  activationId: string,
  options: QueryOptions<'/activations/:activationId/assets'> = {},
) =>
  useQuery({
    queryKey: ['assets', activationId],
    queryFn: get('/activations/:activationId/assets', { params: { activationId } }),
    ...options,
  });

export const useActivationDates = (
  activationId: string,
  options: QueryOptions<'/activations/:activationId/dates'> = {},
) =>
  useQuery({
    queryKey: ['activation', activationId, 'calendar'],
    queryFn: get('/activations/:activationId/dates', { params: { activationId } }),
    ...options,
  });

export const useNewerVersion = (
  activationId: string,
  options: QueryOptions<'/activations/:activationId/newer-version'> = {},
) =>
  useQuery({
    queryKey: ['activation', activationId, 'newer-version'],
    queryFn: get('/activations/:activationId/newer-version', { params: { activationId } }),
    ...options,
  });

export const fetchLateSteps = (activationId: string) =>
  request('GET /activations/:activationId/late', { params: { activationId } });

export const postpone = (activationId: string, body: unknown) =>
  request('POST /activations/:activationId/put-off', { params: { activationId }, body });

export const previewPostponement = (activationId: string, input: RequestInput) =>
  request('POST /activations/:activationId/put-off/outlook', { params: { activationId }, ...input });
