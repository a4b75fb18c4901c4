import type { z } from 'zod';
import type { NewWebhookEndpoint, WebhookDeliveryView, WebhookEndpointView, WebhookEventType } from '#contracts';
import { useTranslation } from 'react-i18next';

export type EndpointDraft = z.input<typeof NewWebhookEndpoint> & { description: string };

/** Translated name of an event type. */
export function useEventText(): (type: string) => string {
  const { t } = useTranslation();
  return (type) => t(`webhooks.event.${type as WebhookEventType}`);
}

/** Health of an endpoint as a portal status. */
export function healthOf({ disabledAt, failingSince }: WebhookEndpointView): 'stopped' | 'failed' | 'active' {
  if (disabledAt !== null) return 'stopped';
  return failingSince === null ? 'active' : 'failed';
}

/** State of a delivery as a portal status. */
export const stateOf = ({ state }: WebhookDeliveryView): 'pending' | 'sent' | 'failed' =>
  state === 'delivered' ? 'sent' : state;
