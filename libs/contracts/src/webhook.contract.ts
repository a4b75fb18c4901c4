import { z } from 'zod';
import { EditVersion } from './edit-version.contract.js';
import { pageOf, PageQuery } from './page.contract.js';

/** Event types that an organisation can choose. */
export const WebhookEventTypes = z.object({ items: z.array(z.string()) });

const url = z.string().trim().min(1).max(2000);
const description = z.string().trim().max(200).default('');
const eventTypes = z.array(z.string().max(60)).min(1).max(50);

export const NewWebhookEndpoint = z.strictObject({ url, description, eventTypes });
export const WebhookEndpointChange = z.strictObject({ url, description, eventTypes, enabled: z.boolean() });

export const WebhookEndpointView = z.object({
  id: z.uuid(),
  version: EditVersion,
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(z.string()),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** Until when the secret before this one signs along. */
  previousSecretValidUntil: z.iso.datetime().nullable(),
  /** The first failure since the last success. */
  failingSince: z.iso.datetime().nullable(),
  disabledAt: z.iso.datetime().nullable(),
  disabledReason: z.enum(['by-you', 'failed-for-days', 'gone']).nullable(),
});
export type WebhookEndpointView = z.infer<typeof WebhookEndpointView>;
export const WebhookEndpoints = z.object({ items: z.array(WebhookEndpointView) });

/** The secret is shown this once. */
export const RevealedWebhookEndpoint = z.object({ endpoint: WebhookEndpointView, secret: z.string() });

export const RotateWebhookSecret = z.strictObject({ overlapHours: z.int().min(0).max(168).default(24) });

/** What an endpoint answered, or why there was no answer. */
export const WebhookAttemptView = z.object({
  number: z.int(),
  url: z.string(),
  sentAt: z.iso.datetime(),
  tookMs: z.int(),
  status: z.int().nullable(),
  excerpt: z.string(),
  error: z.string().nullable(),
  /**
   * A stable code for `error`; null for attempts from before there were codes.
   */
  errorCode: z.string().nullable(),
});
export type WebhookAttemptView = z.infer<typeof WebhookAttemptView>;
export const WebhookTestResult = WebhookAttemptView.omit({ number: true, url: true }).extend({ deliveryId: z.uuid() });

const State = z.enum(['pending', 'delivered', 'failed']);
export const WebhookDeliveryView = z.object({
  id: z.uuid(),
  /** The header `webhook-id`: the same however often the event comes. */
  eventId: z.uuid(),
  type: z.string(),
  occurredAt: z.iso.datetime(),
  cause: z.enum(['event', 'replay', 'test']),
  state: State,
  attempts: z.int(),
  /** Its next try, while it is pending. */
  dueAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  lastErrorCode: z.string().nullable(),
});
export type WebhookDeliveryView = z.infer<typeof WebhookDeliveryView>;
export const WebhookDeliveries = pageOf(WebhookDeliveryView);
export const WebhookDeliveryQuery = PageQuery.extend({ state: State.optional() });
export const WebhookDeliveryDetail = z.object({
  delivery: WebhookDeliveryView,
  body: z.string(),
  tries: z.array(WebhookAttemptView),
});

export const ReplayWebhooks = z
  .strictObject({
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    only: z.enum(['undelivered', 'all']).default('undelivered'),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'It must be after "from"' });
export const ReplayedWebhooks = z.object({ count: z.int() });
