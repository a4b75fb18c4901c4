import { useQuery } from '@tanstack/react-query';
import { type Answer, get, request, type QueryOptions } from '../../shared/request';
import { usePages } from '../../shared/pages';

export const sendingKeys = {
  settings: ['sending'],
  vendorSettings: ['vendor-sending'],
  relays: ['relays'],
  unknownMessages: ['unknown-messages'],
  unknownPolicy: ['unknown-policy'],
  frequencyCap: (side: Side) => ['frequency-cap', side] as const,
} as const;

export const usePartnerSending = (options: QueryOptions<'/partner-sending'> = {}) =>
  useQuery({
    queryKey: ['partner-sending-counts'],
    queryFn: get('/partner-sending', { query: 'limit=1' }),
    ...options,
  });

export const usePartnerSendingList = () =>
  usePages({ queryKey: ['partner-sending'], route: 'GET /partner-sending', query: 'limit=50' });

export const useRelays = <T = Answer<'/relays'>>(options: QueryOptions<'/relays', T> = {}) =>
  useQuery({ queryKey: sendingKeys.relays, queryFn: get('/relays'), ...options });

export const useSending = (options: QueryOptions<'/sending'> = {}) =>
  useQuery({ queryKey: sendingKeys.settings, queryFn: get('/sending'), ...options });

export const useUnknownMessages = (options: QueryOptions<'/unknown-messages'> = {}) =>
  useQuery({ queryKey: sendingKeys.unknownMessages, queryFn: get('/unknown-messages'), ...options });

export const useUnknownPolicy = (options: QueryOptions<'/unknown-policy'> = {}) =>
  useQuery({ queryKey: sendingKeys.unknownPolicy, queryFn: get('/unknown-policy'), ...options });

export const useVendorSending = (options: QueryOptions<'/vendor-sending'> = {}) =>
  useQuery({ queryKey: sendingKeys.vendorSettings, queryFn: get('/vendor-sending'), ...options });

export const checkRelay = (relayId: string) => request('POST /relays/:relayId/check', { params: { relayId } });

export const decideUnknownMessages = (body: unknown) => request('POST /unknown-messages/decide', { body });

export const deleteRelay = (relayId: string) => request('DELETE /relays/:relayId', { params: { relayId } });

export const resumeSending = () => request('POST /sending/resume');

export const saveSendingDomain = (body: unknown) => request('PUT /sending/domain', { body });

export const saveUnknownPolicy = (body: unknown) => request('PUT /unknown-policy', { body });

/** Owner of the settings: a partner, or a vendor for its partners. */
type Side = 'partner' | 'vendor';

export const useFrequencyCap = (side: Side) =>
  useQuery({
    queryKey: sendingKeys.frequencyCap(side),
    queryFn: get(side === 'partner' ? '/sending/frequency-cap' : '/vendor-sending/frequency-cap'),
  });

export const saveFrequencyCap = (side: Side, body: unknown) =>
  side === 'partner'
    ? request('PUT /sending/frequency-cap', { body })
    : request('PUT /vendor-sending/frequency-cap', { body });

export const saveVendorDomain = (body: unknown) => request('PUT /vendor-sending/domain', { body });

export const checkDomain = (side: Side): Promise<unknown> =>
  side === 'partner' ? request('POST /sending/domain/check') : request('POST /vendor-sending/domain/check');

export const deleteDomain = (side: Side) =>
  side === 'partner' ? request('DELETE /sending/domain') : request('DELETE /vendor-sending/domain');

/** @param relayId null for a new relay. */
export const saveRelay = (relayId: string | null, body: unknown) =>
  relayId === null ? request('POST /relays', { body }) : request('PUT /relays/:relayId', { params: { relayId }, body });
