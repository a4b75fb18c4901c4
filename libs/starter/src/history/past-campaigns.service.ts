import { Injectable } from '@nestjs/common';
import { ActivationControl } from '#activations';
import { CampaignDrafts, CampaignPublication, CampaignReview } from '#campaigns';
import { readPackage, writeZip } from '#content';
import type { ActivationId, CampaignId, PartnerActor } from '#kernel';
import { campaignFolder } from '../seed-file.js';
import { actorOf, type SeededVendor } from '../seeded-vendor.js';
import { ENDED_CAMPAIGN, IN_REVIEW } from './history-plan.js';

/** What the sample vendor and its partners decide about campaigns in the history. */
@Injectable()
export class PastCampaigns {
  constructor(
    private readonly publication: CampaignPublication,
    private readonly drafts: CampaignDrafts,
    private readonly review: CampaignReview,
    private readonly control: ActivationControl,
  ) {}

  /** The vendor ends a campaign; the activations that still run stop with it. */
  async end(vendor: SeededVendor, campaignId: CampaignId): Promise<void> {
    const marketer = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    const versions = await this.publication.retire(marketer, campaignId, ENDED_CAMPAIGN.reason);
    // The queued job does the same. The clock must not move before it has.
    await this.control.stopVersions(versions.map(({ id }) => id));
  }

  /** The vendor submits another campaign, which waits for an approver. */
  async submit(vendor: SeededVendor): Promise<void> {
    const marketer = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    const read = await readPackage({ folder: campaignFolder(IN_REVIEW.name) });
    if (!read.ok) throw new Error(`The shipped campaign ${IN_REVIEW.name} has mistakes.`);
    const { campaignId } = await this.drafts.create(marketer, await writeZip(read.pkg));
    await this.review.submit(marketer, campaignId, 1);
  }

  /** A partner pauses a campaign of its own. */
  async pause(actor: PartnerActor, activationId: ActivationId): Promise<void> {
    await this.control.hold(actor, activationId);
  }
}
