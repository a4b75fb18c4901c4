import { useQuery } from '@tanstack/react-query';
import type { ActivationUpdateView, AnswerUpdate } from '#contracts';
import { basedOn, get, request, type QueryOptions, type RequestInput } from '../../shared/request';
import { OF_MANY_MS } from '../../shared/number-age';
import { queryKeys } from '../../shared/query-keys';
import { usePages } from '../../shared/pages';
import { refetchIntervalFor } from '../../shared/posts/refetch-interval';

export const activationKeys = {
  leadRule: (activationId: string) => [...queryKeys.activation(activationId), 'lead-rule'] as const,
};

export const useActivationList = () =>
  usePages({ queryKey: [...queryKeys.activations, 'all'], route: 'GET /activations', query: 'limit=50' });

/** Contacts of an activation, refetched as their state changes. */
export const useActivationPeople = (
  activationId: string,
  filter: Readonly<Record<string, string>>,
  refetchInterval: number,
) =>
  usePages({
    queryKey: [...queryKeys.activation(activationId), 'people', filter],
    route: 'GET /activations/:activationId/people',
    params: { activationId },
    query: new URLSearchParams({ limit: '25', ...filter }),
    refetchInterval,
  });

export const useActivationPosts = (activationId: string) =>
  usePages({
    queryKey: [...queryKeys.readyPosts, activationId],
    route: 'GET /ready-posts',
    query: new URLSearchParams({ limit: '20', activationId }),
    refetchInterval: refetchIntervalFor,
  });

export const useActivationAssets = (
  activationId: string,
  options: QueryOptions<'/activations/:activationId/assets'> = {},
) =>
  useQuery({
    queryKey: ['assets', activationId],
    queryFn: get('/activations/:activationId/assets', { params: { activationId } }),
    ...options,
  });

export const useActivationEmbeds = (activationId: string) =>
  useQuery({
    queryKey: [...queryKeys.activation(activationId), 'embeds'],
    queryFn: get('/activations/:activationId/embeds', { params: { activationId } }),
  });

export const useWebsiteReporting = () =>
  useQuery({ queryKey: ['website-reporting'], queryFn: get('/website-reporting', {}) });

export const saveWebsiteReporting = (isOn: boolean) => request('PUT /website-reporting', { body: { isOn } });

/** What the vendor has recalled of it. A report fills within seconds. */
export const useActivationRecalls = (activationId: string) =>
  useQuery({
    queryKey: [...queryKeys.activation(activationId), 'recalls'],
    queryFn: get('/activations/:activationId/recalls', { params: { activationId } }),
    refetchInterval: 10_000,
  });

export const useActivationDates = (
  activationId: string,
  options: QueryOptions<'/activations/:activationId/dates'> = {},
) =>
  useQuery({
    queryKey: [...queryKeys.activation(activationId), 'calendar'],
    queryFn: get('/activations/:activationId/dates', { params: { activationId } }),
    ...options,
  });

export const useActivationExperiments = (activationId: string) =>
  useQuery({
    queryKey: [...queryKeys.activation(activationId), 'experiments'],
    queryFn: get('/activations/:activationId/experiments', { params: { activationId } }),
    staleTime: OF_MANY_MS,
    refetchInterval: OF_MANY_MS,
  });

export const useNewerVersion = (
  activationId: string,
  options: QueryOptions<'/activations/:activationId/newer-version'> = {},
) =>
  useQuery({
    queryKey: [...queryKeys.activation(activationId), 'newer-version'],
    queryFn: get('/activations/:activationId/newer-version', { params: { activationId } }),
    ...options,
  });

/** What the vendor's update changes; null: there is none, or it is done. */
export const useActivationUpdate = (activationId: string) =>
  useQuery<ActivationUpdateView>({
    queryKey: [...queryKeys.activation(activationId), 'update'],
    queryFn: get('/activations/:activationId/update', { params: { activationId } }),
    refetchInterval: ({ state }) => (state.data?.update?.state === 'waiting' ? 3_000 : false),
  });

export const answerUpdate = (activationId: string, body: AnswerUpdate) =>
  request('POST /activations/:activationId/update/answers', { params: { activationId }, body });

export const useUpdatePreview = (activationId: string, key: string, body: AnswerUpdate) =>
  useQuery({
    queryKey: [...queryKeys.activation(activationId), 'update', key, JSON.stringify(body)],
    queryFn: () =>
      request('POST /activations/:activationId/update/emails/:key', { params: { activationId, key }, body }),
  });

export const fetchLateSteps = (activationId: string) =>
  request('GET /activations/:activationId/late', { params: { activationId } });

export const postpone = (activationId: string, body: unknown) =>
  request('POST /activations/:activationId/postponements', { params: { activationId }, body });

export const previewPostponement = (activationId: string, input: RequestInput) =>
  request('POST /activations/:activationId/postponements/outlook', { params: { activationId }, ...input });

/** Actions of a partner on a running activation. */
export type ActivationControl = 'hold' | 'resume' | 'stop';

export const controlActivation = (activationId: string, control: ActivationControl) =>
  request(`POST /activations/:activationId/${control}`, { params: { activationId } });

export const useActivationLeadRule = (activationId: string) =>
  useQuery({
    queryKey: activationKeys.leadRule(activationId),
    queryFn: get('/activations/:activationId/lead-rule', { params: { activationId } }),
  });

export const saveActivationLeadRule = (activationId: string, version: string, body: unknown) =>
  request('PUT /activations/:activationId/lead-rule', { params: { activationId }, body, headers: basedOn(version) });
