import { Global, Module } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import type { OutboundReach } from '#outbound';
import { WEBHOOK_REACH, WebhookCaller } from './webhook-caller.service.js';
import { WebhookDispatch } from './webhook-dispatch.service.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import { WebhookEvents } from './webhook-events.service.js';
import { WebhookLog } from './webhook-log.service.js';
import { WebhookOutcomes } from './webhook-outcomes.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { WebhookTests } from './webhook-tests.service.js';

/** The outbox, for libs that emit events. */
@Global()
@Module({ providers: [WebhookEvents], exports: [WebhookEvents] })
export class WebhooksModule {}

/** Endpoints and deliveries, for the processes that manage or deliver. */
@Module({
  providers: [
    {
      provide: WEBHOOK_REACH,
      inject: [CONFIG],
      useFactory: ({ WEBHOOK_TRIAL_NETWORKS: networks }: Pick<Config, 'WEBHOOK_TRIAL_NETWORKS'>): OutboundReach =>
        networks.length === 0 ? {} : { allowedAddresses: networks, ports: 'any', plainHttp: true },
    },
    WebhookCaller,
    WebhookDispatch,
    WebhookEndpoints,
    WebhookLog,
    WebhookOutcomes,
    WebhookSecrets,
    WebhookTests,
  ],
  exports: [WebhookDispatch, WebhookEndpoints, WebhookLog, WebhookTests],
})
export class WebhookDeliveryModule {}
