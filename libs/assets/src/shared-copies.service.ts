import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { systemActor, type VendorActor } from '#kernel';
import type { AssetId } from './asset.js';

const COPIES = systemActor('copies');

/** Whether a copy that partners downloaded from the library is still what its vendor shares. */
export interface SharedCopy {
  readonly state: 'current' | 'recalled' | 'superseded';
  /** Null while it is current. */
  readonly since: Date | null;
}

/** The same bytes under several assets, and copies of shared files. */
@Injectable()
export class SharedCopies {
  constructor(private readonly database: Database) {}

  /**
   * `recalled`: withdrawn under each title that partners downloaded it by;
   * `superseded`: its vendor has put another file in its place.
   * @param hash SHA-256 of the file in hex; of an SVG, that of the PNG which is delivered.
   * @returns null if no partner downloaded these bytes from a library.
   */
  async stateOf(hash: string): Promise<SharedCopy | null> {
    const [found] = await this.database.inTransaction(COPIES, () =>
      this.database.query<SharedCopy>(
        `SELECT * FROM (SELECT CASE WHEN a.withdrawn_at IS NOT NULL THEN 'recalled' WHEN later.added_at IS NOT NULL THEN 'superseded' ELSE 'current' END AS state,
           coalesce(a.withdrawn_at, later.added_at) AS since
         FROM (SELECT asset_id, number FROM assets.asset_file WHERE hash = $1 AND media_type <> 'image/svg+xml'
           UNION ALL SELECT asset_id, number FROM assets.asset_file WHERE preview_hash = $1 AND media_type = 'image/svg+xml') f
         JOIN assets.asset a ON a.id = f.asset_id
         LEFT JOIN LATERAL (SELECT min(n.added_at) AS added_at FROM assets.asset_file n
           WHERE n.asset_id = f.asset_id AND n.number > f.number) later ON true
         WHERE EXISTS (SELECT FROM assets.download d WHERE d.asset_id = f.asset_id)) copy
         ORDER BY state = 'current' DESC, state = 'superseded' DESC, since DESC LIMIT 1`,
        [hash],
      ),
    );
    return found ?? null;
  }

  /** Other assets of the vendor whose file in use has the same bytes. In one order, for their locks. */
  async sameFile(actor: VendorActor, id: AssetId): Promise<AssetId[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: AssetId }>(
        `SELECT a.id FROM assets.asset own JOIN assets.asset_file f ON f.asset_id = own.id AND f.number = own.file_number
         JOIN assets.asset_file o ON o.vendor_id = f.vendor_id AND o.hash = f.hash
         JOIN assets.asset a ON a.id = o.asset_id AND a.file_number = o.number
         WHERE own.id = $1 AND a.id <> own.id AND a.deleted_at IS NULL ORDER BY a.id`,
        [id],
      ),
    );
    return rows.map((row) => row.id);
  }
}
