import type { z } from 'zod';
import type { NewWebhookEndpoint, WebhookDeliveryView, WebhookEndpointView, WebhookEventType } from '#contracts';
import { useTranslation } from 'react-i18next';

export type EndpointDraft = z.input<typeof NewWebhookEndpoint> & { description: string };

/** What an event is about, in the reader's language. */
export function useEventText(): (type: string) => string {
  const { t } = useTranslation();
  return (type) => t(`webhooks.event.${type as WebhookEventType}`);
}

/** How an endpoint does, as one of the portal's states. */
export function healthOf({ disabledAt, failingSince }: WebhookEndpointView): 'stopped' | 'failed' | 'active' {
  if (disabledAt !== null) return 'stopped';
  return failingSince === null ? 'active' : 'failed';
}

/** How a delivery stands, as one of the portal's states. */
export const stateOf = ({ state }: WebhookDeliveryView): 'pending' | 'sent' | 'failed' =>
  state === 'delivered' ? 'sent' : state;
