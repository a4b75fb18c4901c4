import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { can } from '#identity';
import type { CampaignId, VendorActor } from '#kernel';

interface OpenAmount {
  readonly campaignId: CampaignId;
  readonly currency: string;
  readonly minorUnits: number;
}

/** Open deals that partners share with a vendor one by one. Totals and sums without names have none. */
@Injectable()
export class SharedPipeline {
  constructor(private readonly database: Database) {}

  /**
   * Amounts by campaign, as the vendor sees them among its shared deals.
   * @returns null if the role of the actor does not read those.
   */
  async open(actor: VendorActor): Promise<OpenAmount[] | null> {
    if (!can(actor, 'disclosures.read')) return null;
    return this.database.inTransaction(actor, () =>
      this.database.query<OpenAmount>(
        `SELECT a.campaign_id, d.currency, sum(d.amount_minor)::float8 AS minor_units
         FROM leads.disclosed_deal_view d JOIN activations.activation_view a ON a.id = d.activation_id
         WHERE d.vendor_id = $1 AND d.stage NOT IN ('won', 'lost') AND d.amount_minor IS NOT NULL
         GROUP BY 1, 2 ORDER BY 1, 2`,
        [actor.vendorId],
      ),
    );
  }
}
