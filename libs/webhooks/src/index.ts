export { WebhooksModule, WebhookDeliveryModule } from './webhooks.module.js';
export { WebhookEvents } from './webhook-events.service.js';
export { endpointVersion, WebhookEndpoints, type RevealedEndpoint } from './webhook-endpoints.service.js';
export type { WebhookEndpoint, WebhookEndpointId } from './webhook-endpoint.js';
export {
  WebhookLog,
  type DeliveryDetail,
  type WebhookDelivery,
  type WebhookDeliveryId,
} from './webhook-log.service.js';
export { WebhookDispatch } from './webhook-dispatch.service.js';
export { WebhookTests } from './webhook-tests.service.js';
export { DELIVER_WEBHOOKS, WEBHOOK_ENDPOINT_DISABLED } from './webhooks.jobs.js';
export { SEALED_WEBHOOK_SECRETS } from './webhook-secrets.service.js';
