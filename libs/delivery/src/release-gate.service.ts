import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type ActivationId, type PartnerId, systemActor, type VendorId } from '#kernel';

/** What is being stopped; null is everything. */
export type StoppedScope =
  | { readonly vendorId: VendorId }
  | { readonly partnerId: PartnerId }
  | { readonly activationIds: readonly ActivationId[] }
  | null;

const GATE = systemActor('release-gate');
const LOCK = `hashtextextended('delivery hand-offs', 0)`;
const LOCK_OF_PARTNER = `hashtextextended('delivery hand-offs of ' || $1, 0)`;
/** How long somebody who stops something waits for a relay that does not answer. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 25;

/**
 * Between those who hand messages off and those who stop them. Without it, a hand-off that has read that nothing is stopped could commit, and
 * go out, after whoever stopped it was told that it is.
 */
@Injectable()
export class ReleaseGate {
  constructor(private readonly database: Database) {}

  /**
   * First thing in the transaction of a hand-off: what it reads from here on of halts and activations holds until it ends.
   * @param partnerId whose messages they are, all of them.
   */
  async pass(partnerId: PartnerId | null): Promise<void> {
    await this.database.query(
      `SELECT pg_advisory_xact_lock_shared(${LOCK}), pg_advisory_xact_lock_shared(${LOCK_OF_PARTNER})`,
      [partnerId],
    );
  }

  /** First thing in the transaction that stops something: hand-offs that have begun end before, others see it. */
  async close(): Promise<void> {
    await this.database.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
  }

  /** The same in a transaction that may stop one partner: nobody else's hand-offs wait for it. Never together with `shut`. */
  async closeForPartner(partnerId: PartnerId): Promise<void> {
    await this.database.query(`SELECT pg_advisory_xact_lock(${LOCK_OF_PARTNER})`, [partnerId]);
  }

  /**
   * After that transaction: waits until nothing of what was stopped is being handed over any more, some seconds at most.
   * @returns how many messages still are.
   */
  async waitForSubmissions(stopped: StoppedScope): Promise<number> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const open = await this.countReleasing(stopped);
      if (open === 0 || performance.now() > until) return open;
      await pause(LOOK_AGAIN_MS);
    }
  }

  private async countReleasing(stopped: StoppedScope): Promise<number> {
    const { vendorId = null, partnerId = null, activationIds = null }: Partial<Record<string, unknown>> = stopped ?? {};
    const [row] = await this.database.inTransaction(GATE, () =>
      this.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM delivery.message WHERE lease_until IS NOT NULL AND state = 'handing_off'
         AND ($1::uuid IS NULL OR vendor_id = $1) AND ($2::uuid IS NULL OR partner_id = $2) AND ($3::uuid[] IS NULL OR activation_id = ANY ($3))`,
        [vendorId, partnerId, activationIds],
      ),
    );
    return row?.n ?? 0;
  }
}
