import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type CampaignId, type CampaignVersionId, Clock, type VendorActor } from '#kernel';
import { UpdateAudience } from './update-audience.service.js';

/** A published version about whose update a person decides. */
export interface WaitingUpdate {
  readonly kind: 'undecided' | 'held';
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly title: Readonly<Record<string, string>>;
  /** Partners that run an earlier version; of a held one: partners whose sending is stopped. */
  readonly partners: number;
}

/** The newest ones. Each undecided one reads its audience. */
const LISTED = 20;

/** Versions whose vendor has not decided about running campaigns, and decisions that their rule holds. */
@Injectable()
export class WaitingUpdates {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audience: UpdateAudience,
  ) {}

  /** Newest versions first. */
  async list(actor: VendorActor): Promise<WaitingUpdate[]> {
    const found: WaitingUpdate[] = [];
    for (const { versionId, isHeld, ...version } of await this.candidates(actor)) {
      if (isHeld) {
        found.push({ kind: 'held', ...version });
        continue;
      }
      const running = await this.audience.running({ ...version, versionId, versionNumber: version.number });
      const partners = new Set(running.map(({ partnerId }) => partnerId)).size;
      if (partners > 0) found.push({ kind: 'undecided', ...version, partners });
    }
    return found;
  }

  private async candidates(
    actor: VendorActor,
  ): Promise<(Omit<WaitingUpdate, 'kind'> & { readonly versionId: CampaignVersionId; readonly isHeld: boolean })[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT v.campaign_id, v.number, v.title, v.id AS version_id, u.held_at IS NOT NULL AS is_held,
           coalesce(u.stopped_partners, 0) AS partners
         FROM (SELECT DISTINCT ON (campaign_id) id, campaign_id, number, title FROM campaigns.campaign_version_view
           WHERE vendor_id = $1 AND status = 'published' ORDER BY campaign_id, number DESC) v
         LEFT JOIN activations.version_update u ON u.version_id = v.id AND u.rolled_back_at IS NULL
         WHERE u.held_at IS NOT NULL OR u.id IS NULL AND v.number > 1 AND EXISTS (
           SELECT FROM activations.activation a WHERE a.campaign_id = v.campaign_id AND a.version_id <> v.id
             AND a.vendor_stopped_at IS NULL AND (a.planned_end_at IS NULL OR a.planned_end_at > $2))
         ORDER BY v.id DESC LIMIT $3`,
        [actor.vendorId, this.clock.now(), LISTED],
      ),
    );
  }
}
