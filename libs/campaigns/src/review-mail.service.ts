import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Accounts, SystemMail, VENDOR_PERMISSIONS } from '#identity';
import type { UserId, VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import type { CampaignVersion } from './campaign-version.js';
import { type ReviewEvent, reviewLetter } from './review-letter.js';
import type { Reviewer } from './review-request.js';

/**
 * Mails to the vendor's team about a review. The person who acts gets none.
 * All methods join the open transaction.
 */
@Injectable()
export class ReviewMail {
  constructor(
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Asks the chosen approvers for a decision, or all. */
  async postSubmission(actor: VendorActor, version: CampaignVersion): Promise<void> {
    await this.post(actor, version, { event: 'submitted', comment: null, isReader: isAsked(version.reviewers) });
  }

  /**
   * Tells the approvers who were asked that no decision is needed.
   * @param reviewers of the submission; empty: all approvers.
   */
  async postWithdrawal(actor: VendorActor, version: CampaignVersion, reviewers: readonly Reviewer[]): Promise<void> {
    await this.post(actor, version, { event: 'withdrawn', comment: null, isReader: isAsked(reviewers) });
  }

  /**
   * Tells the person who submitted the version.
   * @param submitter null: an API key submitted it, and no person is told.
   * @param comment what has to change.
   */
  async postDecision(
    actor: VendorActor,
    version: CampaignVersion,
    event: Exclude<ReviewEvent, 'submitted' | 'withdrawn'>,
    { submitter, comment = null }: { readonly submitter: UserId | null; readonly comment?: string | null },
  ): Promise<void> {
    await this.post(actor, version, { event, comment, isReader: ({ id }) => id === submitter });
  }

  private async post(
    actor: VendorActor,
    version: CampaignVersion,
    { event, comment, isReader }: ReviewNotice,
  ): Promise<void> {
    const team = await this.accounts.team(actor, actor.vendorId);
    const { name } = await this.organisations.get(actor, actor.vendorId);
    const vendor = { id: actor.vendorId, name };
    const url = `${this.config.PUBLIC_URL}/campaigns/${version.campaignId}/versions/${version.number}`;
    for (const reader of team.filter(
      (member) => member.id !== actor.userId && member.notifications.reviews !== 'none' && isReader(member),
    ))
      await this.mail.post(reviewLetter(reader, url, { vendor, event, version, person: actor.name, comment }));
  }
}

/** Approvers who were chosen, if some were; else all. */
function isAsked(reviewers: readonly Reviewer[]): ReviewNotice['isReader'] {
  const approvers: readonly string[] = VENDOR_PERMISSIONS['campaigns.approve'];
  return ({ id, role }) =>
    approvers.includes(role) && (reviewers.length === 0 || reviewers.some((reviewer) => reviewer.id === id));
}

interface ReviewNotice {
  readonly event: ReviewEvent;
  readonly comment: string | null;
  readonly isReader: (member: { readonly id: UserId; readonly role: string }) => boolean;
}
