import { useQuery } from '@tanstack/react-query';
import { type Answer, get, request, type QueryOptions } from '../../shared/request';

export const providerKeys = { sources: ['provider-sources'] } as const;

export const useInboundMailbox = (options: QueryOptions<'/inbound-mailbox'> = {}) =>
  useQuery({ queryKey: ['inbound-mailbox'], queryFn: get('/inbound-mailbox'), ...options });

export const useProviderSources = <T = Answer<'/provider-sources'>>(
  options: QueryOptions<'/provider-sources', T> = {},
) => useQuery({ queryKey: providerKeys.sources, queryFn: get('/provider-sources'), ...options });

export const createProviderSource = (body: unknown) => request('POST /provider-sources', { body });

export const createProviderSourceSecret = (providerSourceId: string, body: unknown) =>
  request('POST /provider-sources/:providerSourceId/secrets', { params: { providerSourceId }, body });

export const deleteProviderSource = (providerSourceId: string) =>
  request('DELETE /provider-sources/:providerSourceId', { params: { providerSourceId } });

export const updateProviderSource = (providerSourceId: string, body: unknown) =>
  request('PATCH /provider-sources/:providerSourceId', { params: { providerSourceId }, body });
