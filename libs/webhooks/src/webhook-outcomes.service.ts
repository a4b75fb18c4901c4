import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { Clock, type Id, newId, type OrganisationId, systemActor } from '#kernel';
import { pausedUntil, isGivenUp, nextTry, type Verdict, retryAfterSeconds } from './retry-schedule.js';
import type { Call } from './webhook-caller.service.js';
import { audienceFor } from './webhook-endpoint.js';
import type { DueDelivery } from './webhook-dispatch.service.js';
import { WEBHOOK_ENDPOINT_DISABLED } from './webhooks.jobs.js';

const WEBHOOKS = systemActor('webhooks');

/** An endpoint's history of results, and its owner. */
export interface EndpointHealth {
  readonly organisationId: OrganisationId;
  readonly side: 'vendor' | 'partner';
  readonly failures: number;
  readonly failingSince: Date | null;
}

/**
 * Effects of an attempt in one transaction: the log, the delivery, the
 * endpoint.
 */
@Injectable()
export class WebhookOutcomes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly jobs: Jobs,
  ) {}

  async record(due: DueDelivery, call: Call, verdict: Verdict): Promise<void> {
    await this.database.inTransaction(WEBHOOKS, async () => {
      const settled = verdict === 'delivered' ? await this.delivered(due) : await this.failed(due, call);
      // Another process has settled it meanwhile, with its log entry and
      // effects.
      if (!settled) return;
      await this.insertAttempt(due, call);
      if (verdict === 'delivered') await this.markHealthy(due);
      else await this.markFailing(due, call, verdict);
    });
  }

  private async delivered({ id, attempts }: DueDelivery): Promise<boolean> {
    return this.settle(
      `state = 'delivered', attempts = attempts + 1, due_at = NULL, settled_at = $3`,
      id,
      attempts,
      this.clock.now(),
    );
  }

  private async failed({ id, attempts }: DueDelivery, { answer, sentAt }: Call): Promise<boolean> {
    const now = this.clock.now();
    const again = nextTry(attempts + 1, now, retryAfterSeconds(answer, sentAt), Math.random());
    if (again === null)
      return this.settle(
        `state = 'failed', attempts = attempts + 1, due_at = NULL, settled_at = $3`,
        id,
        attempts,
        now,
      );
    return this.settle('attempts = attempts + 1, due_at = $3', id, attempts, again);
  }

  private async settle(set: string, id: string, attempts: number, at: Date): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE webhooks.delivery SET ${set} WHERE id = $1 AND attempts = $2 AND state = 'pending' RETURNING id`,
      [id, attempts, at],
    );
    return rows.length > 0;
  }

  private async insertAttempt({ id, organisationId, attempts, url }: DueDelivery, call: Call): Promise<void> {
    const { sentAt, tookMs, status, excerpt, error, errorCode } = call;
    await this.database.query(
      `INSERT INTO webhooks.attempt (id, delivery_id, organisation_id, number, url, sent_at, took_ms, status, excerpt, error, error_code)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        newId<Id<'webhook-attempt'>>(),
        id,
        organisationId,
        attempts + 1,
        url,
        sentAt,
        tookMs,
        status,
        excerpt,
        error,
        errorCode,
      ],
    );
  }

  /** An endpoint that works again gets its waiting deliveries at once. */
  private async markHealthy({ endpointId, failures, failingSince }: DueDelivery): Promise<void> {
    if (failingSince === null) return;
    await this.database.query(
      'UPDATE webhooks.endpoint SET failing_since = NULL, failures = 0, held_until = NULL WHERE id = $1',
      [endpointId],
    );
    if (failures === 0) return;
    await this.database.query(
      `UPDATE webhooks.delivery SET due_at = $2 WHERE endpoint_id = $1 AND state = 'pending' AND due_at > $2`,
      [endpointId, this.clock.now()],
    );
  }

  private async markFailing(due: DueDelivery, { answer, sentAt }: Call, verdict: Verdict): Promise<void> {
    const now = this.clock.now();
    const failures = verdict === 'failure' ? due.failures + 1 : 0;
    await this.database.query(
      'UPDATE webhooks.endpoint SET failing_since = coalesce(failing_since, $2), failures = $3, held_until = $4 WHERE id = $1',
      [
        due.endpointId,
        now,
        failures,
        verdict === 'failure' ? pausedUntil(failures, now, retryAfterSeconds(answer, sentAt)) : null,
      ],
    );
    if (verdict === 'gone') await this.disable(due, now, 'gone');
    else if (isGivenUp(due.failingSince ?? now, now)) await this.disable(due, now, 'failed-for-days');
  }

  /**
   * Pending deliveries stay; they are sent when a user enables the endpoint
   * again.
   */
  private async disable(
    { endpointId, organisationId, side, url }: DueDelivery,
    now: Date,
    reason: 'gone' | 'failed-for-days',
  ): Promise<void> {
    const disabled = await this.database.query(
      'UPDATE webhooks.endpoint SET disabled_at = $2, disabled_reason = $3 WHERE id = $1 AND disabled_at IS NULL RETURNING id',
      [endpointId, now, reason],
    );
    if (disabled.length === 0) return;
    const owner = audienceFor(side, organisationId);
    await this.audit.record(WEBHOOKS, {
      action: 'webhook-endpoint.disabled',
      subject: { kind: 'webhook-endpoint', id: endpointId },
      ...(owner.kind === 'vendor' ? { vendorId: owner.id } : { partnerId: owner.id }),
      details: { url, reason },
    });
    await this.jobs.enqueue(WEBHOOK_ENDPOINT_DISABLED, { endpointId });
  }
}
