import { Global, Module } from '@nestjs/common';
import { WebhookEvents } from './webhook-events.service.js';

@Global()
@Module({ providers: [WebhookEvents], exports: [WebhookEvents] })
export class WebhooksModule {}
