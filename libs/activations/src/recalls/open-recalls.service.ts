import { Injectable } from '@nestjs/common';
import type { RecallId } from '#campaigns';
import { Database } from '#database';
import type { CampaignId, VendorActor } from '#kernel';

/** A recall that is still carried out, or still taken back. */
export interface OpenRecall {
  readonly recallId: RecallId;
  readonly campaignId: CampaignId;
  readonly title: Readonly<Record<string, string>>;
  readonly decidedAt: Date;
  /** Activations whose part is not done. */
  readonly open: number;
}

/** Recalls of a vendor that are not done. */
@Injectable()
export class OpenRecalls {
  constructor(private readonly database: Database) {}

  /** The oldest first. */
  async list(actor: VendorActor): Promise<OpenRecall[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<OpenRecall>(
        `SELECT r.id AS recall_id, r.campaign_id, v.title, r.decided_at, open.count AS open
         FROM campaigns.recall_view r
         CROSS JOIN LATERAL (SELECT count(*)::int FROM activations.recall_target t WHERE t.recall_id = r.id
           AND (t.done_at IS NULL OR r.reversed_at IS NOT NULL AND t.reversed_at IS NULL)) open
         CROSS JOIN LATERAL (SELECT title FROM campaigns.campaign_version_view
           WHERE campaign_id = r.campaign_id ORDER BY number DESC LIMIT 1) v
         WHERE r.vendor_id = $1 AND open.count > 0 ORDER BY r.decided_at, r.id`,
        [actor.vendorId],
      ),
    );
  }
}
