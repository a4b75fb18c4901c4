import { z } from 'zod';
import { defineJob } from '#jobs';
import { isId } from '#kernel';
import type { WebhookEndpointId } from './webhook-endpoint.js';

const endpointId = z.custom<WebhookEndpointId>(isId);

/**
 * Delivers what is due to one endpoint, in order.
 * If the queue loses the job, the sweep finds its lease.
 */
export const DELIVER_WEBHOOKS = defineJob({
  name: 'webhooks.deliver',
  queue: 'webhooks',
  data: z.object({ endpointId, fence: z.string() }),
  result: z.void(),
});

/**
 * An endpoint was disabled because it failed for long: its owners want to know.
 */
export const WEBHOOK_ENDPOINT_DISABLED = defineJob({
  name: 'webhooks.endpoint-disabled',
  queue: 'notifications',
  data: z.object({ endpointId }),
  result: z.void(),
});
