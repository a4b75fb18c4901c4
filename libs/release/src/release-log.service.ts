import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { SystemActor, VendorActor, VendorId } from '#kernel';
import type { DataRelease, Reservation } from './release.js';

/** One line: a reservation with or without its release, or a release alone. */
export interface ReleaseLogEntry extends Pick<Reservation, 'kind' | 'subject' | 'cost' | 'at' | 'readyAt'> {
  /** Of the reservation; null without one. */
  readonly number: number | null;
  /** Of the release; null until it is drawn. */
  readonly sd: DataRelease['sd'] | null;
  readonly cells: number | null;
}

/** Lists what was released to a vendor, without the numbers. */
@Injectable()
export class ReleaseLog {
  constructor(private readonly database: Database) {}

  /** @returns at most `limit` entries, newest first. */
  async list(actor: VendorActor | SystemActor, vendorId: VendorId, limit: number): Promise<ReleaseLogEntry[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<ReleaseLogEntry>(
        `SELECT coalesce(r.kind, d.kind) AS kind, coalesce(r.subject, d.subject) AS subject,
           coalesce(r.cost, d.cost) AS cost, coalesce(r.at, d.at) AS at,
           coalesce(d.ready_at, r.ready_at) AS ready_at, r.number, d.sd, jsonb_array_length(d.cells) AS cells
         FROM (SELECT * FROM release.reservation WHERE vendor_id = $1) r
         FULL JOIN (SELECT * FROM release.release WHERE vendor_id = $1) d ON d.reservation_id = r.id
         ORDER BY 4 DESC, 1 LIMIT $2`,
        [vendorId, limit],
      ),
    );
  }
}
