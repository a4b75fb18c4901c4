import { Injectable } from '@nestjs/common';
import type { AssetId } from '#assets';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type VendorActor } from '#kernel';

/** Counts the partners that still use assets of the library. */
@Injectable()
export class PartnersUsingAssets {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Partners that have downloaded an asset, or run a version that has a copy of
   * it, each once. Assets that nobody uses are left out.
   */
  async count(actor: VendorActor, assetIds: readonly AssetId[]): Promise<ReadonlyMap<AssetId, number>> {
    requirePermission(actor, 'campaigns.read');
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ assetId: AssetId; partners: number }>(
        `SELECT asset_id, count(DISTINCT partner_id)::int AS partners FROM (
           SELECT asset_id, partner_id FROM assets.download_view WHERE asset_id = ANY ($1)
           UNION SELECT c.asset_id, a.partner_id FROM assets.library_copy_view c
           JOIN campaigns.library_use_view u ON u.vendor_id = c.vendor_id AND u.hash = c.hash
           JOIN activations.activation a ON a.version_id = u.version_id
           WHERE c.asset_id = ANY ($1) AND a.vendor_stopped_at IS NULL
             AND (a.planned_end_at IS NULL OR a.planned_end_at > $2)) used
         GROUP BY 1`,
        [assetIds, this.clock.now()],
      ),
    );
    return new Map(rows.map(({ assetId, partners }) => [assetId, partners]));
  }
}
