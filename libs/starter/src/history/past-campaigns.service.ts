import { Injectable } from '@nestjs/common';
import { ActivationControl, RecallControl, RecallWork } from '#activations';
import { CampaignDrafts, CampaignPublication, CampaignReview } from '#campaigns';
import { readPackage, writeZip } from '#content';
import { Database } from '#database';
import type { ActivationId, CampaignId, PartnerActor } from '#kernel';
import { campaignFolder } from '../seed-file.js';
import { actorOf, type SeededVendor } from '../seeded-vendor.js';
import { ENDED_CAMPAIGN, IN_REVIEW, RECALL } from './history-plan.js';

/** What the sample vendor and its partners decide about campaigns in the history. */
@Injectable()
export class PastCampaigns {
  constructor(
    private readonly database: Database,
    private readonly publication: CampaignPublication,
    private readonly drafts: CampaignDrafts,
    private readonly review: CampaignReview,
    private readonly control: ActivationControl,
    private readonly recalls: RecallControl,
    private readonly recallWork: RecallWork,
  ) {}

  /** The vendor ends a campaign; the activations that still run stop with it. */
  async end(vendor: SeededVendor, campaignId: CampaignId): Promise<void> {
    const marketer = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    const versions = await this.publication.retire(marketer, campaignId, ENDED_CAMPAIGN.reason);
    // The queued job does the same. The clock must not move before it has.
    await this.control.stopVersions(versions.map(({ id }) => id));
  }

  /** The vendor recalls one post of a campaign that partners run. */
  async recall(vendor: SeededVendor, campaignId: CampaignId): Promise<void> {
    const { id } = await this.recalls.recall(actorOf(vendor, 'marketer', 'Maya Lindqvist'), {
      campaignId,
      versionNumber: null,
      tactic: RECALL.tactic,
      assetId: null,
      locale: null,
      groupId: null,
      mode: 'stop',
      replacementNumber: null,
      reason: RECALL.reason,
    });
    // The queued job does the same. The clock must not move before it has.
    await this.recallWork.carryOut(id);
  }

  /** The vendor begins another campaign. */
  async draft(vendor: SeededVendor): Promise<CampaignId> {
    const marketer = actorOf(vendor, 'marketer', 'Maya Lindqvist');
    const read = await readPackage({ folder: campaignFolder(IN_REVIEW.name) });
    if (!read.ok) throw new Error(`The shipped campaign ${IN_REVIEW.name} has mistakes.`);
    return (await this.drafts.create(marketer, await writeZip(read.pkg))).campaignId;
  }

  /** The vendor submits a draft, which waits for an approver. */
  async submit(vendor: SeededVendor, campaignId: CampaignId): Promise<void> {
    await this.review.submit(actorOf(vendor, 'marketer', 'Maya Lindqvist'), campaignId, 1);
  }

  /** A partner pauses a campaign that it runs. */
  async pause(actor: PartnerActor, campaignId: CampaignId): Promise<void> {
    const [running] = await this.database.inTransaction(actor, () =>
      this.database.query<{ id: ActivationId }>(
        `SELECT id FROM activations.activation_view WHERE campaign_id = $1 AND status = 'active'`,
        [campaignId],
      ),
    );
    if (running !== undefined) await this.control.hold(actor, running.id);
  }
}
