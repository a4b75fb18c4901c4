import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Accounts, requirePermission, VENDOR_PERMISSIONS } from '#identity';
import { Jobs } from '#jobs';
import { type CampaignId, Clock, type UserId, type VendorActor } from '#kernel';
import { actionBy } from './action.js';
import type { CalendarDate } from './availability.js';
import type { CampaignVersion } from './campaign-version.js';
import { CHECK_LINKS } from './campaigns.jobs.js';
import { requireCampaign } from './campaign-purpose.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { ReviewComment } from './review-comment.js';
import { ReviewMail } from './review-mail.service.js';
import { chosenReviewers, type Reviewer } from './review-request.js';
import { SubmissionChecks } from './submission-checks.service.js';
import type { WarningName } from './version-content.js';

/** What a submitter asks for: approvers by id, and a day. */
interface WantedReview {
  readonly reviewerIds: readonly UserId[];
  readonly dueOn: CalendarDate | null;
}

/** Four eyes between a draft and what partners see. */
@Injectable()
export class CampaignReview {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly jobs: Jobs,
    private readonly checks: SubmissionChecks,
    private readonly mail: ReviewMail,
  ) {}

  /**
   * Submits a draft with what its authors have changed in it.
   * A second request of the same user within a moment changes nothing.
   * It returns the state that it found.
   * @throws DomainError `draft.unfinished` with the mistakes of the changes;
   *   `draft-file.replaced` if changes belong to files that were replaced;
   *   `campaign-version.texts-unreviewed`;
   *   `review.reviewer-unknown`, `review.own-review`, `review.due-past`;
   *   `campaign.is-newsletter`.
   */
  async submit(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    { reviewerIds, dueOn }: WantedReview = { reviewerIds: [], dueOn: null },
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.submit');
    const approvers = await this.approvers(actor);
    const reviewers = chosenReviewers(reviewerIds, approvers, actor.userId);
    const draft = await this.database.inTransaction(actor, async () => {
      requireCampaign(await this.rows.campaign(campaignId));
      return this.rows.version(campaignId, number);
    });
    if (draft.status === 'draft') await this.checks.prepare(actor, campaignId);
    return this.change(actor, campaignId, number, 'campaign-version.submitted', async (version) => {
      const deed = actionBy(actor, this.clock.now());
      if (version.isSubmittedBy(deed)) return 'as it was';
      version.submit(deed, { reviewers, dueOn });
      if (version.requestLinkCheck(deed.at)) await this.requestLinkCheck(actor, version);
      await this.mail.postSubmission(actor, version);
      return 'changed';
    });
  }

  /**
   * Takes a submission back to draft, also one that is approved: the approval
   * is void. The people who were asked are told.
   * @throws DomainError `campaign-version.not-submitted`.
   */
  async withdraw(actor: VendorActor, campaignId: CampaignId, number: number): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.submit');
    return this.change(actor, campaignId, number, 'campaign-version.withdrawn', async (version) => {
      const { reviewers } = version;
      version.withdraw();
      await this.mail.postWithdrawal(actor, version, reviewers);
      return 'changed';
    });
  }

  /** People who may approve: id and name, longest in the team first. */
  async approvers(actor: VendorActor): Promise<Reviewer[]> {
    requirePermission(actor, 'campaigns.read');
    const roles: readonly string[] = VENDOR_PERMISSIONS['campaigns.approve'];
    const team = await this.accounts.team(actor, actor.vendorId);
    return team.filter(({ role }) => roles.includes(role)).map(({ id, name }) => ({ id, name }));
  }

  /**
   * Confirms that warnings of a draft are right as they are. Those that it does
   * not have are left out.
   * @throws DomainError `campaign-version.not-draft`.
   */
  async confirm(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    names: readonly WarningName[],
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.submit');
    return this.change(actor, campaignId, number, 'campaign-version.texts-confirmed', async (version) =>
      version.confirm(names, actionBy(actor, this.clock.now())) === 0 ? 'as it was' : 'changed',
    );
  }

  /**
   * Checks the links again: a missing page may be online now.
   * A running check is not started twice.
   */
  async checkLinks(actor: VendorActor, campaignId: CampaignId, number: number): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.submit');
    return this.change(actor, campaignId, number, 'campaign-version.link-check-requested', async (version) => {
      if (!version.requestLinkCheck(this.clock.now())) return 'as it was';
      await this.requestLinkCheck(actor, version);
      return 'changed';
    });
  }

  private async requestLinkCheck(
    { vendorId }: VendorActor,
    { campaignId, number, packageHash }: CampaignVersion,
  ): Promise<void> {
    await this.jobs.enqueue(CHECK_LINKS, { vendorId, campaignId, number, packageHash });
  }

  /**
   * A second request of the same user within a moment changes nothing.
   * @throws DomainError `approval.own-submission` for the submitter, if another
   *   user can approve.
   */
  async approve(actor: VendorActor, campaignId: CampaignId, number: number): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.approve');
    return this.change(actor, campaignId, number, 'campaign-version.approved', async (version) => {
      const deed = actionBy(actor, this.clock.now());
      if (version.isApprovedBy(deed)) return 'as it was';
      version.approve(deed, { onlyApprover: await this.isOnlyApprover(actor) });
      await this.mail.postDecision(actor, version, 'approved', { submitter: version.submittedByUserId });
      return 'changed';
    });
  }

  /**
   * Back to draft, with what has to change; an approval that was given is void.
   */
  async returnToDraft(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    comment: string,
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.approve');
    return this.change(actor, campaignId, number, 'campaign-version.returned', async (version) => {
      const submitter = version.submittedByUserId;
      version.returnToDraft();
      await this.mail.postDecision(actor, version, 'returned', { submitter, comment });
      const remark = { text: comment, returned: true };
      await this.rows.addComment(ReviewComment.create(version, remark, actionBy(actor, this.clock.now())));
      return 'changed';
    });
  }

  /** Whether every approver of the vendor is this person. */
  private async isOnlyApprover(actor: VendorActor): Promise<boolean> {
    return (await this.approvers(actor)).every(({ id }) => id === actor.userId);
  }

  private async change(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    action: `campaign-version.${string}`,
    work: (version: CampaignVersion) => Promise<'changed' | 'as it was'>,
  ): Promise<CampaignVersion> {
    return this.database.inTransaction(actor, async () => {
      const version = await this.rows.version(campaignId, number, 'to-change');
      if ((await work(version)) === 'as it was') return version;
      await this.rows.save(version);
      const { packageHash, approvedAlone, reviewers, reviewDueOn } = version;
      await this.audit.record(actor, {
        action,
        subject: { kind: 'campaign-version', id: version.id },
        details: {
          campaignId,
          number,
          packageHash,
          ...(approvedAlone ? { approvedAlone } : {}),
          ...(reviewers.length > 0 ? { reviewers: reviewers.map(({ name }) => name) } : {}),
          ...(reviewDueOn === null ? {} : { reviewDueOn }),
        },
      });
      return version;
    });
  }
}
