import type { z } from 'zod';
import type {
  WebhookAttemptView,
  WebhookDeliveryDetail,
  WebhookDeliveryView,
  WebhookEndpointView,
  RevealedWebhookEndpoint,
} from '#contracts';
import {
  type DeliveryDetail,
  endpointVersion,
  type RevealedEndpoint,
  type WebhookDelivery,
  type WebhookEndpoint,
} from '#webhooks';

export function webhookEndpointView(endpoint: WebhookEndpoint): WebhookEndpointView {
  const { id, url, description, eventTypes, createdBy, disabledReason } = endpoint;
  return {
    id,
    version: endpointVersion(endpoint),
    url,
    description,
    eventTypes: [...eventTypes],
    createdBy,
    createdAt: endpoint.createdAt.toISOString(),
    previousSecretValidUntil: endpoint.previousValidUntil?.toISOString() ?? null,
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    disabledAt: endpoint.disabledAt?.toISOString() ?? null,
    disabledReason,
  };
}

export const revealedView = ({ endpoint, secret }: RevealedEndpoint): z.output<typeof RevealedWebhookEndpoint> => ({
  endpoint: webhookEndpointView(endpoint),
  secret,
});

export function webhookDeliveryView(delivery: WebhookDelivery): WebhookDeliveryView {
  const { id, eventId, type, cause, state, attempts, lastStatus, lastError, lastErrorCode } = delivery;
  return {
    id,
    eventId,
    type,
    occurredAt: delivery.occurredAt.toISOString(),
    cause,
    state,
    attempts,
    dueAt: delivery.dueAt?.toISOString() ?? null,
    createdAt: delivery.createdAt.toISOString(),
    lastStatus,
    lastError,
    lastErrorCode,
  };
}

export function deliveryDetailView({
  delivery,
  body,
  attempts,
}: DeliveryDetail): z.output<typeof WebhookDeliveryDetail> {
  const tries = attempts.map(
    ({ number, url, sentAt, tookMs, status, excerpt, error, errorCode }): WebhookAttemptView => ({
      number,
      url,
      sentAt: sentAt.toISOString(),
      tookMs,
      status,
      excerpt,
      error,
      errorCode,
    }),
  );
  return { delivery: webhookDeliveryView(delivery), body, tries };
}
