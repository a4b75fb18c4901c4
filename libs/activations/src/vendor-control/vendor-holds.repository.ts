import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { ActivationId } from '#kernel';

/** What vendors do with single activations. Every method joins the open transaction. */
@Injectable()
export class VendorHolds {
  constructor(private readonly database: Database) {}

  /** Locks the activation. */
  async lock(id: ActivationId): Promise<void> {
    await this.database.query('SELECT 1 FROM activations.activation WHERE id = $1 FOR UPDATE', [id]);
  }

  /** Stores that its vendor holds it; null: no longer. */
  async setHold(
    id: ActivationId,
    hold: { readonly at: Date; readonly by: string; readonly reason: string } | null,
  ): Promise<void> {
    await this.database.query(
      `UPDATE activations.activation SET vendor_held_at = $2, vendor_held_by = $3, vendor_hold_reason = $4 WHERE id = $1`,
      [id, hold?.at ?? null, hold?.by ?? null, hold?.reason ?? null],
    );
  }

  /** Stores by whom and why its vendor stopped it. */
  async setStop(id: ActivationId, { by, reason }: { readonly by: string; readonly reason: string }): Promise<void> {
    await this.database.query(
      'UPDATE activations.activation SET vendor_stopped_by = $2, vendor_stop_reason = $3 WHERE id = $1',
      [id, by, reason],
    );
  }
}
