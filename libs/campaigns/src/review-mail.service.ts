import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { VENDOR_PERMISSIONS } from '#identity';
import { Clock, type UserId, type VendorActor } from '#kernel';
import { concernedReaders, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import type { CampaignVersion } from './campaign-version.js';
import { type ReviewEvent, reviewLetter } from './review-letter.js';
import type { Reviewer } from './review-request.js';

/**
 * Tells the vendor's team of a review. The person who acts is not told.
 * All methods join the open transaction.
 */
@Injectable()
export class ReviewMail {
  constructor(
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
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
    event: Exclude<ReviewEvent, 'submitted' | 'withdrawn' | 'commented'>,
    { submitter, comment = null }: { readonly submitter: UserId | null; readonly comment?: string | null },
  ): Promise<void> {
    await this.post(actor, version, { event, comment, isReader: ({ id }) => id === submitter });
  }

  /**
   * Tells the person who submitted the version, and those who commented on it.
   * @param comment what was written.
   */
  async postComment(
    actor: VendorActor,
    version: CampaignVersion,
    { comment, authors }: { readonly comment: string; readonly authors: ReadonlySet<UserId | null> },
  ): Promise<void> {
    await this.post(actor, version, {
      event: 'commented',
      comment,
      isReader: ({ id }) => id === version.submittedByUserId || authors.has(id),
    });
  }

  private async post(
    actor: VendorActor,
    version: CampaignVersion,
    { event, comment, isReader }: ReviewNotice,
  ): Promise<void> {
    const { vendorId, name: person, userId } = actor;
    const { name } = await this.organisations.get(actor, vendorId);
    const { id, title, number, campaignId } = version;
    const path = `/campaigns/${campaignId}/versions/${number}`;
    await this.notifier.notify(
      actor,
      {
        organisationId: vendorId,
        kind: 'reviews',
        event,
        // A version may be submitted and returned several times.
        key: `${id} ${this.clock.now().toISOString()}`,
        by: person,
        titles: title,
        number,
        path,
        audience: concernedReaders((member) => member.id !== userId && isReader(member)),
      },
      (reader) =>
        reviewLetter(reader, `${this.config.PUBLIC_URL}${path}`, {
          vendor: { id: vendorId, name },
          event,
          version,
          person,
          comment,
        }),
    );
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
