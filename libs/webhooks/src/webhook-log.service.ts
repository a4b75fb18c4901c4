import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { type Actor, Clock, DomainError, type Id, notFound } from '#kernel';
import { ownerOf, type WebhookEndpointId } from './webhook-endpoint.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import type { WebhookEventId } from './webhook-events.service.js';
import { bodyOf } from './webhook-secret.js';

export type WebhookDeliveryId = Id<'webhook-delivery'>;
export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  readonly id: WebhookDeliveryId;
  readonly number: string;
  readonly eventId: WebhookEventId;
  readonly type: string;
  readonly occurredAt: Date;
  readonly cause: 'event' | 'replay' | 'test';
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly dueAt: Date | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
  /** Of the newest attempt. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly lastErrorCode: string | null;
}

interface WebhookAttempt {
  readonly number: number;
  readonly url: string;
  readonly sentAt: Date;
  readonly tookMs: number;
  readonly status: number | null;
  readonly excerpt: string;
  readonly error: string | null;
  readonly errorCode: string | null;
}

/** What was sent, byte for byte, and what was answered each time. */
export interface DeliveryDetail {
  readonly delivery: WebhookDelivery;
  readonly body: string;
  readonly attempts: readonly WebhookAttempt[];
}

const COLUMNS = `d.id, d.number::text AS number, d.event_id, e.type, e.occurred_at, e.data, d.cause, d.state, d.attempts, d.due_at,
  d.created_at, d.settled_at, a.status AS last_status, a.error AS last_error, a.error_code AS last_error_code`;
const FROM = `webhooks.delivery d JOIN webhooks.event e ON e.id = d.event_id
  LEFT JOIN webhooks.attempt a ON a.delivery_id = d.id AND a.number = d.attempts`;
const MAX_REPLAYED = 10_000;

/** An endpoint's deliveries, and replays. */
@Injectable()
export class WebhookLog {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly endpoints: WebhookEndpoints,
  ) {}

  /**
   * Newest first.
   * @param page.before the number of the last one seen.
   * @throws DomainError `webhook-endpoint.not-found`.
   */
  async list(
    actor: Actor,
    endpointId: WebhookEndpointId,
    page: { readonly limit: number; readonly before: string | null; readonly state: DeliveryState | null },
  ): Promise<WebhookDelivery[]> {
    return this.database.inTransaction(actor, async () => {
      await this.endpoints.get(actor, endpointId);
      return this.database.query<WebhookDelivery>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE d.endpoint_id = $1 AND ($2::bigint IS NULL OR d.number < $2) AND ($3::text IS NULL OR d.state = $3)
         ORDER BY d.number DESC LIMIT $4`,
        [endpointId, page.before, page.state, page.limit],
      );
    });
  }

  /** @throws DomainError `webhook-delivery.not-found`. */
  async get(actor: Actor, endpointId: WebhookEndpointId, id: WebhookDeliveryId): Promise<DeliveryDetail> {
    return this.database.inTransaction(actor, async () => {
      const [delivery] = await this.database.query<WebhookDelivery & { data: unknown }>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE d.endpoint_id = $1 AND d.id = $2`,
        [endpointId, id],
      );
      if (delivery === undefined) throw notFound('webhook-delivery', id);
      const attempts = await this.database.query<WebhookAttempt>(
        'SELECT number, url, sent_at, took_ms, status, excerpt, error, error_code FROM webhooks.attempt WHERE delivery_id = $1 ORDER BY number',
        [id],
      );
      return { delivery, body: bodyOf({ ...delivery, id: delivery.eventId }), attempts };
    });
  }

  /**
   * Sends an event again under its own id, so that a receiver can detect the
   * repeat.
   * @throws DomainError `webhook-delivery.not-found`,
   *   `webhook-delivery.pending` before its end, `webhook-endpoint.disabled`.
   */
  async replay(actor: Actor, endpointId: WebhookEndpointId, id: WebhookDeliveryId): Promise<WebhookDelivery> {
    ownerOf(actor);
    return this.database.inTransaction(actor, async () => {
      await this.refuseDisabled(actor, endpointId);
      const { delivery } = await this.get(actor, endpointId, id);
      const [made] = await this.insert(endpointId, 'e.id = $3', [delivery.eventId]);
      if (made === undefined)
        throw new DomainError(
          'webhook-delivery.pending',
          'This event is being delivered to this endpoint already. See the log for its next attempt.',
          { id },
          { kind: 'conflict' },
        );
      await this.recordAudit(actor, endpointId, { eventId: delivery.eventId });
      return (await this.get(actor, endpointId, made.id)).delivery;
    });
  }

  /**
   * Sends the events of a period again, of the endpoint's types, in order.
   * @param span.only `undelivered` skips those that this endpoint accepted.
   * @returns how many.
   * @throws DomainError `webhook-replay.too-many` above ten thousand,
   *   `webhook-endpoint.disabled`.
   */
  async replayRange(
    actor: Actor,
    endpointId: WebhookEndpointId,
    span: { readonly from: Date; readonly to: Date; readonly only: 'undelivered' | 'all' },
  ): Promise<number> {
    ownerOf(actor);
    return this.database.inTransaction(actor, async () => {
      await this.refuseDisabled(actor, endpointId);
      const untaken = `AND NOT EXISTS (SELECT 1 FROM webhooks.delivery t WHERE t.endpoint_id = $1 AND t.event_id = e.id AND t.state = 'delivered')`;
      const made = await this.insert(
        endpointId,
        `e.occurred_at >= $3 AND e.occurred_at < $4 AND e.type = ANY (p.event_types)
             AND e.fanned_out_at IS NOT NULL ${span.only === 'undelivered' ? untaken : ''}`,
        [span.from, span.to],
      );
      if (made.length > MAX_REPLAYED)
        throw new DomainError(
          'webhook-replay.too-many',
          `This period has more than ${MAX_REPLAYED} events. Choose a shorter one.`,
          { field: 'to' },
        );
      await this.recordAudit(actor, endpointId, { from: span.from, to: span.to, only: span.only, count: made.length });
      return made.length;
    });
  }

  /** A pending delivery is not queued twice. */
  private insert(
    endpointId: WebhookEndpointId,
    which: string,
    parameters: readonly unknown[],
  ): Promise<{ id: WebhookDeliveryId }[]> {
    return this.database.query<{ id: WebhookDeliveryId }>(
      `INSERT INTO webhooks.delivery (endpoint_id, event_id, organisation_id, position, cause, due_at, created_at)
       SELECT p.id, e.id, e.organisation_id, e.position, 'replay', $2, $2 FROM webhooks.endpoint p
         JOIN webhooks.event e ON e.organisation_id = p.organisation_id
       WHERE p.id = $1 AND ${which} AND NOT EXISTS (
         SELECT 1 FROM webhooks.delivery w WHERE w.endpoint_id = $1 AND w.event_id = e.id AND w.state = 'pending')
       ORDER BY e.position LIMIT ${MAX_REPLAYED + 1} RETURNING id`,
      [endpointId, this.clock.now(), ...parameters],
    );
  }

  private async refuseDisabled(actor: Actor, id: WebhookEndpointId): Promise<void> {
    if ((await this.endpoints.get(actor, id)).disabledAt === null) return;
    throw new DomainError(
      'webhook-endpoint.disabled',
      'This endpoint is disabled. Enable it first, then replay.',
      { id },
      { kind: 'conflict' },
    );
  }

  private async recordAudit(actor: Actor, id: WebhookEndpointId, details: Record<string, unknown>): Promise<void> {
    await this.audit.record(actor, {
      action: 'webhook-endpoint.replayed',
      subject: { kind: 'webhook-endpoint', id },
      details,
    });
  }
}
