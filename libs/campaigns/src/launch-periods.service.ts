import { Injectable } from '@nestjs/common';
import type { Localised } from '#content';
import { Database } from '#database';
import type { CampaignId, CampaignVersionId, SystemActor, VendorActor, VendorId } from '#kernel';
import { type CalendarDate, calendarDate } from './availability.js';

/** A campaign whose launch period ends soon. */
export interface ClosingCampaign {
  readonly campaignId: CampaignId;
  readonly versionId: CampaignVersionId;
  readonly number: number;
  readonly title: Localised;
  readonly closesOn: CalendarDate;
}

/** When the launch periods of campaigns begin and end. */
@Injectable()
export class LaunchPeriods {
  constructor(private readonly database: Database) {}

  /**
   * Claims versions whose first day has come and that were not announced yet,
   * in the caller's transaction.
   * @param today UTC calendar.
   */
  async claimOpened(
    actor: SystemActor,
    today: Date,
  ): Promise<readonly { readonly versionId: CampaignVersionId; readonly campaignId: CampaignId }[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query('DELETE FROM campaigns.opening WHERE opens_on <= $1 RETURNING version_id, campaign_id', [
        calendarDate(today),
      ]),
    );
  }

  /**
   * Campaigns of a vendor whose launch period ends within these days, with the
   * last day of their newest version that can be launched.
   */
  async closing(
    actor: VendorActor | SystemActor,
    vendorId: VendorId,
    { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
  ): Promise<readonly ClosingCampaign[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query(
        `SELECT * FROM (SELECT DISTINCT ON (campaign_id) campaign_id, id AS version_id, number, title, closes_on::text
           FROM campaigns.campaign_version
           WHERE vendor_id = $1 AND status = 'published' AND launches_stopped_at IS NULL AND closes_on >= $2
           ORDER BY campaign_id, closes_on DESC, number DESC) open
         WHERE closes_on <= $3 ORDER BY closes_on, campaign_id`,
        [vendorId, from, to],
      ),
    );
  }

  /** Campaigns of which a version has opened and waits for `claimOpened`. */
  async opening(actor: SystemActor, today: Date): Promise<ReadonlySet<CampaignId>> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ campaignId: CampaignId }>(
        'SELECT DISTINCT campaign_id FROM campaigns.opening WHERE opens_on <= $1',
        [calendarDate(today)],
      ),
    );
    return new Set(rows.map(({ campaignId }) => campaignId));
  }
}
