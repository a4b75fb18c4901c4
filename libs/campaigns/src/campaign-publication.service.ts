import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, type VendorActor } from '#kernel';
import { PartnerGroups } from '#organisations';
import { CampaignChanges } from './campaign-changes.service.js';
import { actionBy } from './action.js';
import type { Availability } from './availability.js';
import type { CampaignVersion, EndedStatus } from './campaign-version.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { CampaignSeals } from './campaign-seals.service.js';

/** From an approved version to what partners may run, and the end of it. */
@Injectable()
export class CampaignPublication {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly changes: CampaignChanges,
    private readonly groups: PartnerGroups,
    private readonly seals: CampaignSeals,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes and seals an approved version, for partner groups or all
   * partners. Both ends of its window of days are included.
   * @throws DomainError `campaign-version.not-approved`,
   *   `partner-group.not-found`, `availability.window-unusable`.
   */
  async publish(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    availability: Availability,
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.publish');
    return this.database.inTransaction(actor, async () => {
      const version = await this.rows.version(campaignId, number, 'to-change');
      version.requirePublishable();
      const groups = await this.groups.ofIds(actor, availability.partnerGroupIds);
      const manifestHash = await this.seals.seal(actor, version);
      version.publish(availability, manifestHash, actionBy(actor, this.clock.now()));
      await this.rows.publish(version);
      await this.changes.published(
        actor,
        version,
        groups.map(({ name }) => name),
      );
      return version;
    });
  }

  /**
   * Ends every published version of a campaign.
   * A recall also ends retired versions.
   * @throws DomainError `campaign.not-published` when there is none.
   */
  async endCampaign(
    actor: VendorActor,
    campaignId: CampaignId,
    status: EndedStatus,
  ): Promise<readonly CampaignVersion[]> {
    requirePermission(actor, 'campaigns.retire');
    return this.database.inTransaction(actor, async () => {
      await this.rows.campaign(campaignId);
      await this.rows.lock(campaignId);
      const from = status === 'recalled' ? ['published', 'retired'] : ['published'];
      const versions = (await this.rows.versions(campaignId)).filter((version) => from.includes(version.status));
      if (versions.length === 0) {
        throw new DomainError(
          'campaign.not-published',
          `No version of this campaign can be ${status}: none is published.`,
          { campaignId },
          { kind: 'conflict' },
        );
      }
      for (const version of versions) {
        version.end(status, this.clock.now());
        await this.rows.save(version);
      }
      await this.changes.ended(actor, campaignId, status, versions);
      return versions;
    });
  }
}
