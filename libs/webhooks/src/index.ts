export { WebhooksModule } from './webhooks.module.js';
export { WebhookEvents } from './webhook-events.service.js';
