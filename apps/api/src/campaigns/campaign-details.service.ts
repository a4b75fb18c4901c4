import { Injectable } from '@nestjs/common';
import { Activations } from '#activations';
import { CampaignLibrary } from '#campaigns';
import type { CampaignDetail } from '#contracts';
import { can } from '#identity';
import { type CampaignId, Clock, type VendorActor } from '#kernel';
import { campaignDetail } from './campaigns.view.js';

/** A campaign with its versions, as several controllers answer it. */
@Injectable()
export class CampaignDetails {
  constructor(
    private readonly library: CampaignLibrary,
    private readonly activations: Activations,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `campaign.not-found`. */
  async get(actor: VendorActor, id: CampaignId): Promise<CampaignDetail> {
    const { campaign, versions } = await this.library.campaign(actor, id);
    const now = this.clock.now();
    if (!can(actor, 'vendor-activations.read')) return campaignDetail(campaign, versions, null, now);
    const all = (await this.activations.partnersRunning(actor, [id])).get(id) ?? 0;
    const byVersion = await this.activations.partnersRunningVersions(actor, id);
    return campaignDetail(campaign, versions, { all, byVersion }, now);
  }
}
