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
    const running = can(actor, 'vendor-activations.read') ? await this.activations.partnersRunning(actor, [id]) : null;
    return campaignDetail(campaign, versions, running === null ? null : (running.get(id) ?? 0), this.clock.now());
  }
}
