import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  NewWebhookEndpoint,
  ReplayedWebhooks,
  ReplayWebhooks,
  RevealedWebhookEndpoint,
  RotateWebhookSecret,
  WebhookDeliveries,
  WebhookDeliveryDetail,
  WebhookDeliveryQuery,
  WebhookDeliveryView,
  WebhookEndpointChange,
  WebhookEndpoints as WebhookEndpointsView,
  WebhookEndpointView,
  webhookEventTypesFor,
  WebhookEventTypes,
  WebhookTestResult,
} from '#contracts';
import type { Actor } from '#kernel';
import { type WebhookDeliveryId, type WebhookEndpointId, WebhookEndpoints, WebhookLog, WebhookTrials } from '#webhooks';
import { Answers } from '../http/api-response.js';
import { AllowBothSides, CurrentActor } from '../http/authority.js';
import { nextCursor } from '../http/cursor-page.js';
import { IdParam } from '../http/path-parameters.js';
import { deliveryDetailView, revealedView, webhookDeliveryView, webhookEndpointView } from './webhooks.view.js';

/** Where an organisation's own systems hear of what happens, and what they were told. */
@Controller('api/v1')
export class WebhooksController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly log: WebhookLog,
    private readonly trials: WebhookTrials,
  ) {}

  @AllowBothSides('webhooks.edit')
  @Get('webhook-event-types')
  @Answers(WebhookEventTypes)
  types(@CurrentActor() actor: Actor): z.output<typeof WebhookEventTypes> {
    return { items: webhookEventTypesFor(actor.kind === 'vendor' ? 'vendor' : 'partner') };
  }

  @AllowBothSides('webhooks.edit')
  @Get('webhook-endpoints')
  @Answers(WebhookEndpointsView)
  async list(@CurrentActor() actor: Actor): Promise<z.output<typeof WebhookEndpointsView>> {
    return { items: (await this.endpoints.list(actor)).map(webhookEndpointView) };
  }

  @AllowBothSides('webhooks.edit')
  @Post('webhook-endpoints')
  @Answers(RevealedWebhookEndpoint, 201)
  async create(
    @CurrentActor() actor: Actor,
    @Body({ schema: NewWebhookEndpoint }) body: z.output<typeof NewWebhookEndpoint>,
  ): Promise<z.output<typeof RevealedWebhookEndpoint>> {
    return revealedView(await this.endpoints.create(actor, body));
  }

  @AllowBothSides('webhooks.edit')
  @Get('webhook-endpoints/:id')
  @Answers(WebhookEndpointView)
  async one(@CurrentActor() actor: Actor, @IdParam('id') id: WebhookEndpointId): Promise<WebhookEndpointView> {
    return webhookEndpointView(await this.endpoints.get(actor, id));
  }

  @AllowBothSides('webhooks.edit')
  @Put('webhook-endpoints/:id')
  @Answers(WebhookEndpointView)
  async change(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @Body({ schema: WebhookEndpointChange }) body: z.output<typeof WebhookEndpointChange>,
  ): Promise<WebhookEndpointView> {
    return webhookEndpointView(await this.endpoints.change(actor, id, body));
  }

  @AllowBothSides('webhooks.edit')
  @Delete('webhook-endpoints/:id')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @IdParam('id') id: WebhookEndpointId): Promise<void> {
    await this.endpoints.remove(actor, id);
  }

  @AllowBothSides('webhooks.edit')
  @Post('webhook-endpoints/:id/secrets')
  @Answers(RevealedWebhookEndpoint, 201)
  async rotate(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @Body({ schema: RotateWebhookSecret }) body: z.output<typeof RotateWebhookSecret>,
  ): Promise<z.output<typeof RevealedWebhookEndpoint>> {
    return revealedView(await this.endpoints.rotate(actor, id, body.keepOldHours));
  }

  @AllowBothSides('webhooks.edit')
  @Post('webhook-endpoints/:id/tests')
  @Answers(WebhookTestResult, 201)
  async test(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
  ): Promise<z.output<typeof WebhookTestResult>> {
    const { deliveryId, sentAt, tookMs, status, excerpt, error, errorCode } = await this.trials.send(actor, id);
    return { deliveryId, sentAt: sentAt.toISOString(), tookMs, status, excerpt, error, errorCode };
  }

  @AllowBothSides('webhooks.edit')
  @Get('webhook-endpoints/:id/deliveries')
  @Answers(WebhookDeliveries)
  async deliveries(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @Query({ schema: WebhookDeliveryQuery }) query: z.output<typeof WebhookDeliveryQuery>,
  ): Promise<z.output<typeof WebhookDeliveries>> {
    const found = await this.log.list(actor, id, {
      limit: query.limit,
      before: /^\d{1,18}$/.test(query.cursor ?? '') ? (query.cursor ?? null) : null,
      state: query.state ?? null,
    });
    return {
      items: found.map(webhookDeliveryView),
      nextCursor: nextCursor(found, query.limit, ({ number }) => number),
    };
  }

  @AllowBothSides('webhooks.edit')
  @Get('webhook-endpoints/:id/deliveries/:deliveryId')
  @Answers(WebhookDeliveryDetail)
  async delivery(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @IdParam('deliveryId') deliveryId: WebhookDeliveryId,
  ): Promise<z.output<typeof WebhookDeliveryDetail>> {
    return deliveryDetailView(await this.log.get(actor, id, deliveryId));
  }

  @AllowBothSides('webhooks.edit')
  @Post('webhook-endpoints/:id/deliveries/:deliveryId/replay')
  @Answers(WebhookDeliveryView, 201)
  async replay(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @IdParam('deliveryId') deliveryId: WebhookDeliveryId,
  ): Promise<z.output<typeof WebhookDeliveryView>> {
    return webhookDeliveryView(await this.log.replay(actor, id, deliveryId));
  }

  @AllowBothSides('webhooks.edit')
  @Post('webhook-endpoints/:id/replays')
  @Answers(ReplayedWebhooks, 201)
  async replaySpan(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @Body({ schema: ReplayWebhooks }) body: z.output<typeof ReplayWebhooks>,
  ): Promise<z.output<typeof ReplayedWebhooks>> {
    const span = { from: new Date(body.from), to: new Date(body.to), only: body.only };
    return { count: await this.log.replaySpan(actor, id, span) };
  }
}
