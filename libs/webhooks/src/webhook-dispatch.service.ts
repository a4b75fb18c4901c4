import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { Clock, systemActor } from '#kernel';
import { verdictOf, type Verdict } from './retry-schedule.js';
import { type Call, WebhookCaller } from './webhook-caller.service.js';
import type { WebhookEndpointId } from './webhook-endpoint.js';
import type { WebhookEventId } from './webhook-events.service.js';
import type { WebhookDeliveryId } from './webhook-log.service.js';
import { type EndpointHealth, WebhookOutcomes } from './webhook-outcomes.service.js';
import type { WebhookBody } from './webhook-secret.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { DELIVER_WEBHOOKS } from './webhooks.jobs.js';

const WEBHOOKS = systemActor('webhooks');
const CLAIMED_AT_ONCE = 100;
/**
 * A run ends after this time or number, so that no backlog occupies a worker.
 * The lease outlasts it and its last call.
 */
const RUN_MS = 60_000;
const RUN_CALLS = 100;
const LEASE_MS = 120_000;

const attempts = new Counter({
  name: 'throughline_webhook_attempts_total',
  help: 'Tries of webhook deliveries, by what became of them.',
  labelNames: ['verdict'],
});

/** The next delivery of an endpoint, with the data to make it. */
export interface DueDelivery extends EndpointHealth {
  readonly id: WebhookDeliveryId;
  readonly endpointId: WebhookEndpointId;
  readonly fence: string;
  readonly attempts: number;
  readonly url: string;
  readonly event: WebhookBody & { readonly id: WebhookEventId };
  readonly secrets: readonly string[];
}

type DueRow = Omit<DueDelivery, 'secrets' | 'event'> &
  Omit<DueDelivery['event'], 'id'> & { readonly eventId: WebhookEventId };

/**
 * Delivers events to endpoints: one process at a time per endpoint, in outbox
 * order, at least once.
 */
@Injectable()
export class WebhookDispatch {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly secrets: WebhookSecrets,
    private readonly caller: WebhookCaller,
    private readonly outcomes: WebhookOutcomes,
  ) {}

  /**
   * Leases endpoints with due deliveries and queues them.
   * @returns whether there may be more.
   */
  async claim(): Promise<boolean> {
    const claimed = await this.database.inTransaction(WEBHOOKS, () =>
      this.database.query<{ endpointId: WebhookEndpointId; fence: string }>(
        `UPDATE webhooks.endpoint SET leased_until = now() + $2 * interval '1 millisecond', fence = fence + 1
         WHERE id IN (
           SELECT e.id FROM webhooks.endpoint e
           WHERE e.disabled_at IS NULL AND (e.held_until IS NULL OR e.held_until <= $1) AND (e.leased_until IS NULL OR e.leased_until < now())
             AND EXISTS (SELECT 1 FROM webhooks.delivery d WHERE d.endpoint_id = e.id AND d.state = 'pending' AND d.due_at <= $1)
           LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING id AS endpoint_id, fence::text AS fence`,
        [this.clock.now(), LEASE_MS, CLAIMED_AT_ONCE],
      ),
    );
    if (claimed.length > 0) await this.jobs.dispatch(DELIVER_WEBHOOKS, claimed);
    return claimed.length === CLAIMED_AT_ONCE;
  }

  /**
   * Delivers what is due, until the server fails, nothing is left, or the run's
   * time is over.
   */
  async deliver(endpointId: WebhookEndpointId, fence: string): Promise<void> {
    const stopAt = Date.now() + RUN_MS;
    for (let calls = 0; calls < RUN_CALLS && Date.now() < stopAt; calls++) {
      const due = await this.next(endpointId, fence);
      if (due === null) break;
      const call = await this.caller.call(due.url, due.event, due.secrets);
      const verdict = await this.settle(due, call);
      if (verdict === 'failure' || verdict === 'gone') break;
    }
    await this.database.inTransaction(WEBHOOKS, () =>
      this.database.query('UPDATE webhooks.endpoint SET leased_until = NULL WHERE id = $1 AND fence = $2', [
        endpointId,
        fence,
      ]),
    );
  }

  private async settle(due: DueDelivery, call: Call): Promise<Verdict> {
    const verdict = verdictOf(call.answer);
    await this.outcomes.record(due, call, verdict);
    attempts.inc({ verdict });
    return verdict;
  }

  /**
   * @returns null when nothing is due, or the endpoint is no longer this run's.
   */
  private async next(endpointId: WebhookEndpointId, fence: string): Promise<DueDelivery | null> {
    return this.database.inTransaction(WEBHOOKS, async () => {
      const [due] = await this.database.query<DueRow>(
        `SELECT d.id, p.id AS endpoint_id, p.fence::text AS fence, d.attempts, p.url, p.failures, p.failing_since, o.id AS organisation_id, o.kind AS side,
           e.id AS event_id, e.type, e.occurred_at, e.data
         FROM webhooks.endpoint p JOIN organisations.organisation_view o ON o.id = p.organisation_id
         JOIN webhooks.delivery d ON d.endpoint_id = p.id JOIN webhooks.event e ON e.id = d.event_id
         WHERE p.id = $1 AND p.fence = $2 AND p.disabled_at IS NULL AND d.state = 'pending' AND d.due_at <= $3
         ORDER BY d.position, d.number LIMIT 1`,
        [endpointId, fence, this.clock.now()],
      );
      if (due === undefined) return null;
      const { eventId, type, occurredAt, data, ...rest } = due;
      return { ...rest, event: { id: eventId, type, occurredAt, data }, secrets: await this.secrets.valid(endpointId) };
    });
  }
}
