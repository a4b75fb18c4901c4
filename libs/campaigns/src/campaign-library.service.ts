import { Injectable } from '@nestjs/common';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, notFound, type VendorActor } from '#kernel';
import { BlobStore } from '#storage';
import type { Campaign } from './campaign.schema.js';
import type { CampaignVersion } from './campaign-version.js';
import { CampaignsRepository, type CampaignPage, type CampaignWithVersions } from './campaigns.repository.js';
import { type CommentThread, threadsOf } from './review-comment.js';

/** A version with its compiled form and its review. */
export interface VersionDetail {
  readonly campaign: Campaign;
  readonly version: CampaignVersion;
  readonly compiled: CompiledCampaign;
  readonly comments: readonly CommentThread[];
}

/** The vendor's campaigns, to look at. */
@Injectable()
export class CampaignLibrary {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly compiled: CompiledCampaigns,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  /** Newest first; pages by the last id seen. */
  async list(actor: VendorActor, page: Omit<CampaignPage, 'today'>): Promise<CampaignWithVersions[]> {
    requirePermission(actor, 'campaigns.read');
    return this.database.inTransaction(actor, () => this.rows.page({ ...page, today: this.clock.now() }));
  }

  /** @throws DomainError `campaign.not-found` also for another vendor's. */
  async campaign(
    actor: VendorActor,
    id: CampaignId,
  ): Promise<{ campaign: Campaign; versions: readonly CampaignVersion[] }> {
    requirePermission(actor, 'campaigns.read');
    return this.database.inTransaction(actor, async () => ({
      campaign: await this.rows.campaign(id),
      versions: await this.rows.versions(id),
    }));
  }

  /**
   * @throws DomainError `campaign-version.not-found` also for another vendor's.
   */
  async version(actor: VendorActor, campaignId: CampaignId, number: number): Promise<VersionDetail> {
    requirePermission(actor, 'campaigns.read');
    const found = await this.database.inTransaction(actor, async () => {
      const version = await this.rows.version(campaignId, number);
      return {
        version,
        campaign: await this.rows.campaign(campaignId),
        comments: threadsOf(await this.rows.comments(version.id)),
      };
    });
    return { ...found, compiled: await this.compiled.load(found.version.compiledHash) };
  }

  /** The zip as it was uploaded, byte for byte. */
  async packageOf(actor: VendorActor, campaignId: CampaignId, number: number): Promise<Buffer> {
    const { version } = await this.version(actor, campaignId, number);
    return this.blobs.get(version.packageHash);
  }

  /**
   * The signed manifest of a published version.
   * @throws DomainError `manifest.not-found` before publication.
   */
  async manifestOf(actor: VendorActor, campaignId: CampaignId, number: number): Promise<Buffer> {
    const { version } = await this.version(actor, campaignId, number);
    if (version.manifestHash === null) throw notFound('manifest', version.id);
    return this.blobs.get(version.manifestHash);
  }
}
