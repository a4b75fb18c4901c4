import { Injectable } from '@nestjs/common';
import type { Localised } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import type { CampaignId, VendorActor } from '#kernel';
import type { BlobHash } from '#storage';
import type { CalendarDate } from './availability.js';

/** A campaign by its newest published version. */
export interface OpenCampaign {
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly title: Localised;
  readonly opensOn: CalendarDate;
  /** The last day to launch it: of the launch period, or of the campaign if that is earlier. */
  readonly closesOn: CalendarDate;
  readonly areLaunchesStopped: boolean;
  readonly compiledHash: BlobHash;
}

/** A vendor's campaigns with a published version. */
@Injectable()
export class OpenCampaigns {
  constructor(private readonly database: Database) {}

  /** The first to close comes first. Also those that have not opened, and those that have closed. */
  async list(actor: VendorActor): Promise<OpenCampaign[]> {
    requirePermission(actor, 'campaigns.read');
    return this.database.inTransaction(actor, () =>
      this.database.query<OpenCampaign>(
        `SELECT c.id AS campaign_id, v.number, v.title, v.opens_on::text AS opens_on,
           least(v.closes_on, l.expires_on)::text AS closes_on,
           v.launches_stopped_at IS NOT NULL AS are_launches_stopped, v.compiled_hash
         FROM campaigns.campaign c CROSS JOIN LATERAL (
           SELECT number, title, opens_on, closes_on, launches_stopped_at, compiled_hash FROM campaigns.campaign_version
           WHERE campaign_id = c.id AND status = 'published' ORDER BY number DESC LIMIT 1) v
         LEFT JOIN campaigns.lifetime l ON l.campaign_id = c.id
         WHERE c.vendor_id = $1 AND c.purpose = 'campaign' AND c.archived_at IS NULL ORDER BY least(v.closes_on, l.expires_on), c.id`,
        [actor.vendorId],
      ),
    );
  }
}
