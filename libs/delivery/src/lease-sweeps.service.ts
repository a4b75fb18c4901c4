import { Injectable } from '@nestjs/common';
import { Database, unestimated } from '#database';
import { Clock, systemActor } from '#kernel';
import { columnsOf, lockInOrder } from './claim-columns.js';
import { LONGEST_WAIT_MS } from './retry-until-written.js';
import { type JournalState, keyOf } from './send-journal.js';

const SWEEPER = systemActor('ledger');
/** Who was answered while PostgreSQL was away tries again this soon after its start: what it has to tell is not in doubt. */
const TELLING_MS = 3 * LONGEST_WAIT_MS;

/** What the dead left of the ledger: leases that nobody holds any more, and messages that were in their hands. */
@Injectable()
export class LeaseSweeps {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What was leased for a queue that is gone with its process is planned again. */
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
   * Expired leases: what was not handed over is planned again; what was, is unknown unless a journal knows better. Right after PostgreSQL's
   * start none is called unknown: those who live wait to tell what became of theirs.
   */
  async sweep(): Promise<{ planned: number; unknown: number }> {
    return this.database.inTransaction(SWEEPER, async () => {
      // What somebody has locked is being settled this moment.
      const over = (states: string): string =>
        `id IN (SELECT id FROM delivery.message WHERE lease_until < now() AND ${states} ORDER BY id FOR UPDATE SKIP LOCKED)`;
      const planned = await this.database.query(
        `UPDATE delivery.message SET state = 'planned', lease_until = NULL, retry_at = $1 WHERE ${over(`state = 'leased'`)} RETURNING id`,
        [this.clock.now()],
      );
      const unknown = await this.database.query(
        `UPDATE delivery.message SET state = 'unknown', reason = 'lease-over', lease_until = NULL, unknown_since = $1, settled_at = $1
         WHERE ${over(`state = 'handing_off' AND hand_over_until < now()`)}
           AND pg_postmaster_start_time() < now() - $2 * interval '1 millisecond' RETURNING id`,
        [this.clock.now(), TELLING_MS],
      );
      return { planned: planned.length, unknown: unknown.length };
    });
  }

  /** What a journal on disk knows after a crash: accepted ones are recorded; ones without end of data are free again; the rest is unknown. */
  async recover({ accepted, started, claimed }: JournalState): Promise<void> {
    const dotted = new Set([...accepted, ...started].map(keyOf));
    const untouched = claimed.filter((claim) => !dotted.has(keyOf(claim)));
    const now = this.clock.now();
    await this.database.inTransaction(SWEEPER, async () => {
      await lockInOrder(this.database, claimed);
      const under = (state: string): string =>
        `WHERE m.id = c.id AND m.fence = c.fence AND ${unestimated(`m.state ${state}`)}`;
      const by = `relay = coalesce(c.relay, m.relay)`;
      const routed = 'FROM unnest($1::uuid[], $2::int[], $4::text[], $5::uuid[]) c (id, fence, relay, hand_off)';
      // Leased as if it had never been handed off: PostgreSQL has lost that commit, as a standby may that takes over.
      const told = under(
        `IN ('handing_off', 'unknown') OR m.state IN ('leased', 'planned') AND c.hand_off IS NOT NULL AND m.hand_off IS DISTINCT FROM c.hand_off`,
      );
      await this.database.query(
        `UPDATE delivery.message m SET state = 'accepted', reason = 'sent', lease_until = NULL, unknown_since = NULL, settled_at = $3, retry_at = NULL, ${by} ${routed} ${told}`,
        [...columnsOf(accepted), now, accepted.map(({ relay }) => relay), accepted.map(({ releaseId }) => releaseId)],
      );
      // A sweep may have called them unknown before; by which relay they are, only the journal says.
      await this.database.query(
        `UPDATE delivery.message m SET state = 'unknown', reason = 'no-answer-after-dot', lease_until = NULL, unknown_since = coalesce(m.unknown_since, $3), settled_at = $3, retry_at = NULL, ${by} ${routed} ${told}`,
        [...columnsOf(started), now, started.map(({ relay }) => relay), started.map(({ releaseId }) => releaseId)],
      );
      await this.database.query(
        `UPDATE delivery.message m SET state = 'planned', reason = NULL, lease_until = NULL, unknown_since = NULL, settled_at = NULL, retry_at = $3
         FROM unnest($1::uuid[], $2::int[], $4::uuid[]) c (id, fence, hand_off) ${under(`IN ('handing_off', 'unknown')`)}
           AND (c.hand_off IS NULL OR m.hand_off = c.hand_off)`,
        [...columnsOf(untouched), now, untouched.map(({ releaseId }) => releaseId)],
      );
    });
  }
}
