import { Injectable } from '@nestjs/common';
import { Database, hiddenFromPlanner, unnestRows } from '#database';
import { Clock, systemActor } from '#kernel';
import { CLAIM_COLUMNS, lockInOrder } from './claim-columns.js';
import { LONGEST_WAIT_MS } from './retry-until-written.js';
import { type JournalState, keyOf } from './send-journal.js';

const SWEEPER = systemActor('ledger');
const STARTED_COLUMNS = { ...CLAIM_COLUMNS, relay: 'text', releaseId: 'uuid' } as const;

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
      const theirs = (state: string): string =>
        `WHERE m.id = given.id AND m.fence = given.fence AND ${hiddenFromPlanner(`m.state ${state}`)}`;
      const relay = `relay = coalesce(given.relay, m.relay)`;
      // A `leased` row with another release id: PostgreSQL lost the commit of
      // the release, for example in a failover.
      const submitted = theirs(
        `IN ('releasing', 'unknown') OR m.state IN ('leased', 'planned') AND given.release_id IS NOT NULL AND m.release_id IS DISTINCT FROM given.release_id`,
      );
      const sent = unnestRows(accepted, STARTED_COLUMNS, [now]);
      await this.database.query(
        `UPDATE delivery.message m SET state = 'accepted', reason = 'sent', lease_until = NULL, unknown_since = NULL, settled_at = $1, retry_at = NULL, ${relay}
         FROM ${sent.from} ${submitted}`,
        sent.parameters,
      );
      // A sweep may have called them unknown. Only the journal knows their
      // relay.
      const unanswered = unnestRows(started, STARTED_COLUMNS, [now]);
      await this.database.query(
        `UPDATE delivery.message m SET state = 'unknown', reason = 'no-answer-after-end-of-data',
           lease_until = NULL, unknown_since = coalesce(m.unknown_since, $1), settled_at = $1, retry_at = NULL,
           ${relay}
         FROM ${unanswered.from} ${submitted}`,
        unanswered.parameters,
      );
      const free = unnestRows(untouched, { ...CLAIM_COLUMNS, releaseId: 'uuid' }, [now]);
      await this.database.query(
        `UPDATE delivery.message m SET state = 'planned', reason = NULL, lease_until = NULL, unknown_since = NULL, settled_at = NULL, retry_at = $1
         FROM ${free.from} ${theirs(`IN ('releasing', 'unknown')`)}
           AND (given.release_id IS NULL OR m.release_id = given.release_id)`,
        free.parameters,
      );
    });
  }
}
