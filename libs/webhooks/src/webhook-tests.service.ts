import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type Actor, Clock, type Id, newId, systemActor } from '#kernel';
import { verdictOf } from './retry-schedule.js';
import { type Call, WebhookCaller } from './webhook-caller.service.js';
import { ownerOf, type WebhookEndpointId } from './webhook-endpoint.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import { WebhookEvents } from './webhook-events.service.js';
import type { WebhookDeliveryId } from './webhook-log.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';

const WEBHOOK_TESTS = systemActor('webhook-trials');

/**
 * Test events: sent once in the request, and logged like others.
 * They do not change the endpoint's state.
 */
@Injectable()
export class WebhookTests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly endpoints: WebhookEndpoints,
    private readonly events: WebhookEvents,
    private readonly secrets: WebhookSecrets,
    private readonly caller: WebhookCaller,
  ) {}

  /**
   * @returns the endpoint's answer.
   * @throws DomainError `webhook-endpoint.not-found`.
   */
  async send(actor: Actor, id: WebhookEndpointId): Promise<Call & { readonly deliveryId: WebhookDeliveryId }> {
    const owner = ownerOf(actor);
    const { url } = await this.endpoints.get(actor, id);
    const now = this.clock.now();
    const data = { endpointId: id };
    const { eventId, secrets } = await this.database.inTransaction(actor, async () => ({
      eventId: await this.events.insert(owner, 'webhook.test', data, now),
      secrets: await this.secrets.valid(id),
    }));
    const event = { id: eventId, type: 'webhook.test', occurredAt: now, data };
    const call = await this.caller.call(url, event, secrets);
    return { ...call, deliveryId: await this.recordDelivery(id, url, eventId, call) };
  }

  private async recordDelivery(
    id: WebhookEndpointId,
    url: string,
    eventId: string,
    call: Call,
  ): Promise<WebhookDeliveryId> {
    const deliveryId = newId<WebhookDeliveryId>();
    const state = verdictOf(call.answer) === 'delivered' ? 'delivered' : 'failed';
    await this.database.inTransaction(WEBHOOK_TESTS, async () => {
      await this.database.query(
        `INSERT INTO webhooks.delivery (id, endpoint_id, event_id, organisation_id, position, cause, state, attempts, created_at, settled_at)
         SELECT $1, $2, id, organisation_id, position, 'test', $4, 1, $5, $5 FROM webhooks.event WHERE id = $3`,
        [deliveryId, id, eventId, state, this.clock.now()],
      );
      await this.database.query(
        `INSERT INTO webhooks.attempt (id, delivery_id, organisation_id, number, url, sent_at, took_ms, status, excerpt, error, error_code)
         SELECT $1, id, organisation_id, 1, $3, $4, $5, $6, $7, $8, $9 FROM webhooks.delivery WHERE id = $2`,
        [
          newId<Id<'webhook-attempt'>>(),
          deliveryId,
          url,
          call.sentAt,
          call.tookMs,
          call.status,
          call.excerpt,
          call.error,
          call.errorCode,
        ],
      );
    });
    return deliveryId;
  }
}
