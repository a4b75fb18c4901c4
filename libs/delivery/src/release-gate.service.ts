import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type ActivationId, type PartnerId, systemActor, type VendorId } from '#kernel';

/** What is being stopped; null is everything. */
export type StoppedScope =
  | { readonly vendorId: VendorId }
  | { readonly partnerId: PartnerId; readonly vendorId?: VendorId }
  | { readonly activationIds: readonly ActivationId[] }
  | null;

const GATE = systemActor('release-gate');
const LOCK = `hashtextextended('delivery releases', 0)`;
const LOCK_OF_PARTNER = `hashtextextended('delivery releases of ' || $1, 0)`;
/** How long a stop waits for a relay that does not answer. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 25;

/**
 * A lock between releases and stops. Without it a release that has read "not
 * halted" could commit, and its messages go out, after the stop had returned.
 */
@Injectable()
export class ReleaseGate {
  constructor(private readonly database: Database) {}

  /**
   * First statement in the transaction of a release. What it reads of halts and
   * activations holds until it ends.
   * @param partnerId owner of all its messages.
   */
  async pass(partnerId: PartnerId | null): Promise<void> {
    await this.database.query(
      `SELECT pg_advisory_xact_lock_shared(${LOCK}), pg_advisory_xact_lock_shared(${LOCK_OF_PARTNER})`,
      [partnerId],
    );
  }

  /**
   * First statement in a transaction that stops something. It waits for
   * releases that have begun; later ones wait for it.
   */
  async close(): Promise<void> {
    await this.database.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
  }

  /**
   * The same for one partner: releases of other partners do not wait. Never
   * together with `close`.
   */
  async closeForPartner(partnerId: PartnerId): Promise<void> {
    await this.database.query(`SELECT pg_advisory_xact_lock(${LOCK_OF_PARTNER})`, [partnerId]);
  }

  /**
   * Call it after that transaction. Waits up to ten seconds until none of the
   * stopped messages is being submitted.
   * @returns how many still are.
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
        `SELECT count(*)::int AS n FROM delivery.message WHERE lease_until IS NOT NULL AND state = 'releasing'
         AND ($1::uuid IS NULL OR vendor_id = $1) AND ($2::uuid IS NULL OR partner_id = $2) AND ($3::uuid[] IS NULL OR activation_id = ANY ($3))`,
        [vendorId, partnerId, activationIds],
      ),
    );
    return row?.n ?? 0;
  }
}
