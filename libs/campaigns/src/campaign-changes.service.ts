import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { EndCode } from '#contracts';
import { Database } from '#database';
import { Jobs } from '#jobs';
import type { CampaignId, PartnerGroupId, VendorActor, VendorProcess } from '#kernel';
import { WebhookEvents } from '#webhooks';
import type { CampaignVersion } from './campaign-version.js';
import { CAMPAIGN_RETIRED, VERSION_EXTENDED } from './campaigns.jobs.js';
import type { ExtensionChange } from './extension.js';

interface CampaignEnd {
  readonly campaignId: CampaignId;
  /** What partners are told. */
  readonly reason: string | null;
  /** If the product ended it. */
  readonly code: EndCode | null;
  readonly versions: readonly CampaignVersion[];
}

interface VersionExtension {
  readonly version: CampaignVersion;
  readonly change: ExtensionChange;
  /** The groups that it was offered to before; null: all partners. */
  readonly former: readonly PartnerGroupId[] | null;
  /** Names of the added groups. */
  readonly addedGroups: readonly string[];
  readonly at: Date;
}

/** Effects of a publication on other libs, in its transaction. */
@Injectable()
export class CampaignChanges {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly jobs: Jobs,
    private readonly webhooks: WebhookEvents,
  ) {}

  /**
   * @param partnerGroups their names; empty if the version is for all partners.
   */
  async published(actor: VendorActor, version: CampaignVersion, partnerGroups: readonly string[]): Promise<void> {
    const { campaignId, number, compiledHash, manifestHash, forEveryone, opensOn, closesOn } = version;
    const offeredTo = forEveryone ? { forEveryone } : { partnerGroups };
    await this.audit.record(actor, {
      action: 'campaign-version.published',
      subject: { kind: 'campaign-version', id: version.id },
      details: { campaignId, number, compiledHash, manifestHash, ...offeredTo, opensOn, closesOn },
    });
    await this.webhooks.emit({ kind: 'vendor', id: actor.vendorId }, 'campaign.published', {
      campaignId,
      versions: [number],
    });
    // Partners are notified when it opens.
    await this.database.query(
      'INSERT INTO campaigns.opening (version_id, vendor_id, campaign_id, opens_on) VALUES ($1, $2, $3, $4)',
      [version.id, actor.vendorId, campaignId, opensOn],
    );
  }

  async extended(actor: VendorActor, { version, change, former, addedGroups, at }: VersionExtension): Promise<void> {
    const { id, campaignId, number, closesOn } = version;
    const { toEveryone, closedOn } = change;
    await this.audit.record(actor, {
      action: 'campaign-version.extended',
      subject: { kind: 'campaign-version', id },
      details: {
        campaignId,
        number,
        ...(toEveryone ? { forEveryone: true } : {}),
        ...(addedGroups.length > 0 ? { partnerGroups: addedGroups } : {}),
        ...(closedOn === null ? {} : { closedOn, closesOn }),
      },
    });
    await this.jobs.enqueue(VERSION_EXTENDED, {
      versionId: id,
      campaignId,
      formerGroupIds: former === null ? null : [...former],
      hasMoreDays: closedOn !== null,
      at: at.toISOString(),
    });
  }

  async launchesSet(
    actor: VendorActor,
    campaignId: CampaignId,
    launches: 'stopped' | 'allowed',
    versions: readonly CampaignVersion[],
  ): Promise<void> {
    await this.audit.record(actor, {
      action: `campaign.launches-${launches}`,
      subject: { kind: 'campaign', id: campaignId },
      details: { versions: versions.map(({ number }) => number) },
    });
  }

  async retired(
    actor: VendorActor | VendorProcess,
    { campaignId, reason, code, versions }: CampaignEnd,
  ): Promise<void> {
    await this.audit.record(actor, {
      action: 'campaign.retired',
      subject: { kind: 'campaign', id: campaignId },
      details: { versions: versions.map(({ number }) => number), reason: reason ?? code },
    });
    await this.webhooks.emit({ kind: 'vendor', id: actor.vendorId }, 'campaign.retired', {
      campaignId,
      versions: versions.map(({ number }) => number),
    });
    await this.jobs.enqueue(CAMPAIGN_RETIRED, { campaignId, versionIds: versions.map(({ id }) => id), code });
  }
}
