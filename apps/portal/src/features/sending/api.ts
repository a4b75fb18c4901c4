import { useQuery } from '@tanstack/react-query';
import { type Answer, basedOn, get, request, type QueryOptions } from '../../shared/request';
import { usePages } from '../../shared/pages';

export const sendingKeys = {
  settings: ['sending'],
  vendorSettings: ['vendor-sending'],
  relays: ['relays'],
  unknownMessages: ['unknown-messages'],
  unknownPolicy: ['unknown-policy'],
  launchDelay: ['launch-delay'],
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

export const saveSendingDomain = (version: string, body: unknown) =>
  request('PUT /sending/domain', { body, headers: basedOn(version) });

export const saveUnknownPolicy = (version: string, body: unknown) =>
  request('PUT /unknown-policy', { body, headers: basedOn(version) });

/** Owner of the settings: a partner, or a vendor for its partners. */
type Side = 'partner' | 'vendor';

export const useFrequencyCap = (side: Side) =>
  useQuery({
    queryKey: sendingKeys.frequencyCap(side),
    queryFn: get(side === 'partner' ? '/sending/frequency-cap' : '/vendor-sending/frequency-cap'),
  });

export const saveSendingPreferences = (body: unknown) => request('PATCH /sending/preferences', { body });

export const saveFrequencyCap = (side: Side, version: string, body: unknown) =>
  side === 'partner'
    ? request('PUT /sending/frequency-cap', { body, headers: basedOn(version) })
    : request('PUT /vendor-sending/frequency-cap', { body, headers: basedOn(version) });

export const saveVendorDomain = (version: string, body: unknown) =>
  request('PUT /vendor-sending/domain', { body, headers: basedOn(version) });

export const checkDomain = (side: Side): Promise<unknown> =>
  side === 'partner' ? request('POST /sending/domain/check') : request('POST /vendor-sending/domain/check');

export const deleteDomain = (side: Side) =>
  side === 'partner' ? request('DELETE /sending/domain') : request('DELETE /vendor-sending/domain');

/** @param relay that is changed; null for a new one. */
export const saveRelay = (relay: { readonly id: string; readonly version: string } | null, body: unknown) =>
  relay === null
    ? request('POST /relays', { body })
    : request('PUT /relays/:relayId', { params: { relayId: relay.id }, body, headers: basedOn(relay.version) });

export const useLaunchDelay = () =>
  useQuery({ queryKey: sendingKeys.launchDelay, queryFn: get('/sending/launch-delay') });

export const saveLaunchDelay = (minutes: number) => request('PUT /sending/launch-delay', { body: { minutes } });
