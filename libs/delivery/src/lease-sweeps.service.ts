import { Injectable } from '@nestjs/common';
import { Database, hiddenFromPlanner } from '#database';
import { Clock, systemActor } from '#kernel';
import { columnsOf, lockInOrder } from './claim-columns.js';
import { LONGEST_WAIT_MS } from './retry-until-written.js';
import { type JournalState, keyOf } from './send-journal.js';

const SWEEPER = systemActor('ledger');
/**
 * A process that retries a write after PostgreSQL's restart succeeds within
 * this time: its messages are not unknown.
 */
const TELLING_MS = 3 * LONGEST_WAIT_MS;

/**
 * Cleans up after dead processes: expired leases, and messages from their
 * journals.
 */
@Injectable()
export class LeaseSweeps {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Plans leased messages again, after the queue was lost together with its
   * chunks.
   */
  async freeLeases(): Promise<void> {
    await this.database.inTransaction(SWEEPER, () =>
      this.database.query(
        `UPDATE delivery.message SET state = 'planned', lease_until = NULL, retry_at = $1
         WHERE id IN (SELECT id FROM delivery.message WHERE lease_until IS NOT NULL AND state = 'leased' ORDER BY id FOR UPDATE SKIP LOCKED)`,
        [this.clock.now()],
      ),
    );
  }

  /**
   * Handles expired leases: messages that were not released are planned again,
   * released ones become unknown. Right after PostgreSQL's start none becomes
   * unknown, because live processes still have to write their outcomes.
   */
  async sweep(): Promise<{ planned: number; unknown: number }> {
    return this.database.inTransaction(SWEEPER, async () => {
      // A locked row is being settled right now: skip it.
      const over = (states: string): string =>
        `id IN (SELECT id FROM delivery.message WHERE lease_until < now() AND ${states} ORDER BY id FOR UPDATE SKIP LOCKED)`;
      const planned = await this.database.query(
        `UPDATE delivery.message SET state = 'planned', lease_until = NULL, retry_at = $1 WHERE ${over(`state = 'leased'`)} RETURNING id`,
        [this.clock.now()],
      );
      const unknown = await this.database.query(
        `UPDATE delivery.message SET state = 'unknown', reason = 'lease-expired', lease_until = NULL, unknown_since = $1, settled_at = $1
         WHERE ${over(`state = 'releasing' AND submit_until < now()`)}
           AND pg_postmaster_start_time() < now() - $2 * interval '1 millisecond' RETURNING id`,
        [this.clock.now(), TELLING_MS],
      );
      return { planned: planned.length, unknown: unknown.length };
    });
  }

  /**
   * Applies a journal after a crash: accepted messages are recorded, those
   * without end-of-data are free again, the others become unknown.
   */
  async recover({ accepted, started, claimed }: JournalState): Promise<void> {
    const dotted = new Set([...accepted, ...started].map(keyOf));
    const untouched = claimed.filter((claim) => !dotted.has(keyOf(claim)));
    const now = this.clock.now();
    await this.database.inTransaction(SWEEPER, async () => {
      await lockInOrder(this.database, claimed);
      const under = (state: string): string =>
        `WHERE m.id = c.id AND m.fence = c.fence AND ${hiddenFromPlanner(`m.state ${state}`)}`;
      const by = `relay = coalesce(c.relay, m.relay)`;
      const routed = 'FROM unnest($1::uuid[], $2::int[], $4::text[], $5::uuid[]) c (id, fence, relay, release_id)';
      // A `leased` row with another release id: PostgreSQL lost the commit of
      // the release, for example in a failover.
      const told = under(
        `IN ('releasing', 'unknown') OR m.state IN ('leased', 'planned') AND c.release_id IS NOT NULL AND m.release_id IS DISTINCT FROM c.release_id`,
      );
      await this.database.query(
        `UPDATE delivery.message m SET state = 'accepted', reason = 'sent', lease_until = NULL, unknown_since = NULL, settled_at = $3, retry_at = NULL, ${by} ${routed} ${told}`,
        [...columnsOf(accepted), now, accepted.map(({ relay }) => relay), accepted.map(({ releaseId }) => releaseId)],
      );
      // A sweep may have called them unknown. Only the journal knows their
      // relay.
      await this.database.query(
        `UPDATE delivery.message m SET state = 'unknown', reason = 'no-answer-after-end-of-data', lease_until = NULL, unknown_since = coalesce(m.unknown_since, $3), settled_at = $3, retry_at = NULL, ${by} ${routed} ${told}`,
        [...columnsOf(started), now, started.map(({ relay }) => relay), started.map(({ releaseId }) => releaseId)],
      );
      await this.database.query(
        `UPDATE delivery.message m SET state = 'planned', reason = NULL, lease_until = NULL, unknown_since = NULL, settled_at = NULL, retry_at = $3
         FROM unnest($1::uuid[], $2::int[], $4::uuid[]) c (id, fence, release_id) ${under(`IN ('releasing', 'unknown')`)}
           AND (c.release_id IS NULL OR m.release_id = c.release_id)`,
        [...columnsOf(untouched), now, untouched.map(({ releaseId }) => releaseId)],
      );
    });
  }
}
