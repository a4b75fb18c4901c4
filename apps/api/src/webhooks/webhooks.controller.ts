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
import { type WebhookDeliveryId, type WebhookEndpointId, WebhookEndpoints, WebhookLog, WebhookTests } from '#webhooks';
import { AllowBothSides, CurrentActor, Unconfirmed } from '../http/authority.js';
import { cursorPosition, nextCursor } from '../http/cursor-page.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { IdParam } from '../http/path-parameters.js';
import { deliveryDetailView, revealedView, webhookDeliveryView, webhookEndpointView } from './webhooks.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

const REPLAY = 'It repeats events to the address that an owner has confirmed and that got them before.';

/** Webhook endpoints of an organisation, and the log of deliveries. */
@Controller('api/v1')
export class WebhooksController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly log: WebhookLog,
    private readonly trials: WebhookTests,
  ) {}

  @Summary('List the webhook events available to your organisation')
  @AllowBothSides('webhooks.edit')
  @Get('webhook-event-types')
  @ResponseBody(WebhookEventTypes)
  types(@CurrentActor() actor: Actor): z.output<typeof WebhookEventTypes> {
    return { items: webhookEventTypesFor(actor.kind === 'vendor' ? 'vendor' : 'partner') };
  }

  @Summary('List your webhook endpoints')
  @AllowBothSides('webhooks.edit')
  @Get('webhook-endpoints')
  @ResponseBody(WebhookEndpointsView)
  async list(@CurrentActor() actor: Actor): Promise<z.output<typeof WebhookEndpointsView>> {
    return { items: (await this.endpoints.list(actor)).map(webhookEndpointView) };
  }

  @Summary('Create a webhook endpoint. Its secret is shown only once')
  @AllowBothSides('webhooks.edit')
  @Post('webhook-endpoints')
  @ResponseBody(RevealedWebhookEndpoint, 201)
  async create(
    @CurrentActor() actor: Actor,
    @Body({ schema: NewWebhookEndpoint }) body: z.output<typeof NewWebhookEndpoint>,
  ): Promise<z.output<typeof RevealedWebhookEndpoint>> {
    return revealedView(await this.endpoints.create(actor, body));
  }

  @Summary('Get one webhook endpoint')
  @AllowBothSides('webhooks.edit')
  @Get('webhook-endpoints/:id')
  @ResponseBody(WebhookEndpointView)
  async one(@CurrentActor() actor: Actor, @IdParam('id') id: WebhookEndpointId): Promise<WebhookEndpointView> {
    return webhookEndpointView(await this.endpoints.get(actor, id));
  }

  @Summary('Replace, enable or disable a webhook endpoint')
  @AllowBothSides('webhooks.edit')
  @Put('webhook-endpoints/:id')
  @ReplacesVersion()
  @ResponseBody(WebhookEndpointView)
  async change(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: WebhookEndpointChange }) body: z.output<typeof WebhookEndpointChange>,
  ): Promise<WebhookEndpointView> {
    return webhookEndpointView(await this.endpoints.change(actor, id, body, basedOn));
  }

  @Summary('Delete a webhook endpoint with its log')
  @AllowBothSides('webhooks.edit')
  @Delete('webhook-endpoints/:id')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @IdParam('id') id: WebhookEndpointId): Promise<void> {
    await this.endpoints.remove(actor, id);
  }

  @Summary('Create a new secret. The old one keeps signing for some hours')
  @AllowBothSides('webhooks.edit')
  @Post('webhook-endpoints/:id/secrets')
  @ResponseBody(RevealedWebhookEndpoint, 201)
  async rotate(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @Body({ schema: RotateWebhookSecret }) body: z.output<typeof RotateWebhookSecret>,
  ): Promise<z.output<typeof RevealedWebhookEndpoint>> {
    return revealedView(await this.endpoints.rotate(actor, id, body.overlapHours));
  }

  @Summary('Send a test event and return the response')
  @AllowBothSides('webhooks.edit')
  @Unconfirmed('It sends made-up data to an address that an owner has confirmed.')
  @Post('webhook-endpoints/:id/tests')
  @ResponseBody(WebhookTestResult, 201)
  async test(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
  ): Promise<z.output<typeof WebhookTestResult>> {
    const { deliveryId, sentAt, tookMs, status, excerpt, error, errorCode } = await this.trials.send(actor, id);
    return { deliveryId, sentAt: sentAt.toISOString(), tookMs, status, excerpt, error, errorCode };
  }

  @Summary('List the deliveries of an endpoint, newest first')
  @AllowBothSides('webhooks.edit')
  @Get('webhook-endpoints/:id/deliveries')
  @ResponseBody(WebhookDeliveries)
  async deliveries(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @Query({ schema: WebhookDeliveryQuery }) query: z.output<typeof WebhookDeliveryQuery>,
  ): Promise<z.output<typeof WebhookDeliveries>> {
    const found = await this.log.list(actor, id, {
      limit: query.limit,
      before: cursorPosition(query.cursor, (number) => (/^\d{1,18}$/.test(number) ? number : null)),
      state: query.state ?? null,
    });
    return {
      items: found.map(webhookDeliveryView),
      nextCursor: nextCursor(found, query.limit, ({ number }) => number),
    };
  }

  @Summary('Get one delivery: the request and every response')
  @AllowBothSides('webhooks.edit')
  @Get('webhook-endpoints/:id/deliveries/:deliveryId')
  @ResponseBody(WebhookDeliveryDetail)
  async delivery(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @IdParam('deliveryId') deliveryId: WebhookDeliveryId,
  ): Promise<z.output<typeof WebhookDeliveryDetail>> {
    return deliveryDetailView(await this.log.get(actor, id, deliveryId));
  }

  @Summary('Deliver an event again under the same id')
  @AllowBothSides('webhooks.edit')
  @Unconfirmed(REPLAY)
  @Post('webhook-endpoints/:id/deliveries/:deliveryId/replay')
  @ResponseBody(WebhookDeliveryView, 201)
  async replay(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @IdParam('deliveryId') deliveryId: WebhookDeliveryId,
  ): Promise<z.output<typeof WebhookDeliveryView>> {
    return webhookDeliveryView(await this.log.replay(actor, id, deliveryId));
  }

  @Summary('Deliver the events of a period again')
  @AllowBothSides('webhooks.edit')
  @Unconfirmed(REPLAY)
  @Post('webhook-endpoints/:id/replays')
  @ResponseBody(ReplayedWebhooks, 201)
  async replaySpan(
    @CurrentActor() actor: Actor,
    @IdParam('id') id: WebhookEndpointId,
    @Body({ schema: ReplayWebhooks }) body: z.output<typeof ReplayWebhooks>,
  ): Promise<z.output<typeof ReplayedWebhooks>> {
    const span = { from: new Date(body.from), to: new Date(body.to), only: body.only };
    return { count: await this.log.replayRange(actor, id, span) };
  }
}
