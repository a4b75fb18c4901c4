import { useQuery } from '@tanstack/react-query';
import { type Answer, basedOn, get, request, type QueryOptions } from '../../shared/request';
import { usePages } from '../../shared/pages';

export const webhookKeys = {
  endpoints: ['webhook-endpoints'],
  deliveries: (webhookEndpointId: string) => ['webhook-deliveries', webhookEndpointId] as const,
} as const;

/** @param state of the deliveries; empty: all. */
export const useWebhookDeliveries = (webhookEndpointId: string, state: string, refetchInterval: number) =>
  usePages({
    queryKey: [...webhookKeys.deliveries(webhookEndpointId), state],
    route: 'GET /webhook-endpoints/:webhookEndpointId/deliveries',
    params: { webhookEndpointId },
    query: state === '' ? '' : `state=${state}`,
    refetchInterval,
  });

export const useWebhookEndpoint = (
  webhookEndpointId: string,
  options: QueryOptions<'/webhook-endpoints/:webhookEndpointId'> = {},
) =>
  useQuery({
    queryKey: [...webhookKeys.endpoints, webhookEndpointId],
    queryFn: get('/webhook-endpoints/:webhookEndpointId', { params: { webhookEndpointId } }),
    ...options,
  });

export const useWebhookEndpointDelivery = (
  webhookEndpointId: string,
  deliveryId: string,
  options: QueryOptions<'/webhook-endpoints/:webhookEndpointId/deliveries/:deliveryId'> = {},
) =>
  useQuery({
    queryKey: [...webhookKeys.deliveries(webhookEndpointId), 'one', deliveryId],
    queryFn: get('/webhook-endpoints/:webhookEndpointId/deliveries/:deliveryId', {
      params: { webhookEndpointId, deliveryId },
    }),
    ...options,
  });

export const useWebhookEndpoints = <T = Answer<'/webhook-endpoints'>>(
  options: QueryOptions<'/webhook-endpoints', T> = {},
) => useQuery({ queryKey: webhookKeys.endpoints, queryFn: get('/webhook-endpoints'), ...options });

export const useWebhookEventTypes = (options: QueryOptions<'/webhook-event-types'> = {}) =>
  useQuery({ queryKey: ['webhook-event-types'], queryFn: get('/webhook-event-types'), ...options });

export const createWebhookEndpoint = (body: unknown) => request('POST /webhook-endpoints', { body });

export const createWebhookEndpointReplay = (webhookEndpointId: string, body: unknown) =>
  request('POST /webhook-endpoints/:webhookEndpointId/replays', { params: { webhookEndpointId }, body });

export const createWebhookEndpointSecret = (webhookEndpointId: string, body: unknown) =>
  request('POST /webhook-endpoints/:webhookEndpointId/secrets', { params: { webhookEndpointId }, body });

export const sendTestEvent = (webhookEndpointId: string) =>
  request('POST /webhook-endpoints/:webhookEndpointId/tests', { params: { webhookEndpointId } });

export const deleteWebhookEndpoint = (webhookEndpointId: string) =>
  request('DELETE /webhook-endpoints/:webhookEndpointId', { params: { webhookEndpointId } });

export const replayWebhookEndpointDelivery = (webhookEndpointId: string, deliveryId: string) =>
  request('POST /webhook-endpoints/:webhookEndpointId/deliveries/:deliveryId/replay', {
    params: { webhookEndpointId, deliveryId },
  });

export const saveWebhookEndpoint = (webhookEndpointId: string, version: string, body: unknown) =>
  request('PUT /webhook-endpoints/:webhookEndpointId', {
    params: { webhookEndpointId },
    body,
    headers: basedOn(version),
  });
