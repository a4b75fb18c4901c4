import {
  type CampaignId,
  type CampaignVersionId,
  DomainError,
  type PartnerGroupId,
  type UserId,
  type VendorId,
} from '#kernel';
import type { Localised } from '#content';
import type { EndCode } from '#contracts';
import {
  type Availability,
  type CalendarDate,
  calendarDate,
  isWithin,
  type PartnerScope,
  requireWindow,
} from './availability.js';
import { type Action, isMomentsAgo } from './action.js';
import { ANY_REVIEWER, requireDueDay, type Reviewer, type ReviewRequest } from './review-request.js';
import {
  type Confirmation,
  LINK_ADVICE,
  openWarnings,
  stillConfirmed,
  type VersionContent,
  type VersionWarning,
  type WarningName,
  withConfirmed,
} from './version-content.js';

/**
 * The allowed transitions.
 * A published version is only extended (`extension.ts`), and ends.
 */
const NEXT = {
  draft: ['in-review'],
  'in-review': ['draft', 'published'],
  published: ['retired', 'recalled'],
  retired: ['recalled'],
  recalled: [],
} as const satisfies Record<string, readonly string[]>;

export type CampaignStatus = keyof typeof NEXT;
/**
 * Retired: its time is over.
 * Recalled: it has a fault, so its pages are withdrawn, too.
 * Either stops all further mail.
 */
export type EndedStatus = 'retired' | 'recalled';

/**
 * One state of a campaign: an editable draft, or an immutable published
 * version.
 */
export class CampaignVersion {
  id!: CampaignVersionId;
  campaignId!: CampaignId;
  vendorId!: VendorId;
  number!: number;
  status!: CampaignStatus;
  packageHash!: string;
  compiledHash!: string;
  title!: Localised;
  summary!: Localised;
  theme!: string;
  locales!: readonly string[];
  warnings!: readonly VersionWarning[];
  /** Warnings that a person has confirmed to be right. */
  confirmations!: readonly Confirmation[];
  createdAt!: Date;
  createdByName!: string;
  /** Who saved its present files, and when. */
  savedAt!: Date;
  savedByName!: string;
  linkCheckRequestedAt!: Date | null;
  linksCheckedAt!: Date | null;
  submittedAt!: Date | null;
  submittedByUserId!: UserId | null;
  submittedByName!: string | null;
  /** Approvers that were asked; empty: all. Others may decide, too. */
  reviewers!: readonly Reviewer[];
  reviewDueOn!: CalendarDate | null;
  approvedAt!: Date | null;
  approvedByUserId!: UserId | null;
  approvedByName!: string | null;
  approvedAlone!: boolean;
  publishedAt!: Date | null;
  publishedByName!: string | null;
  /**
   * Explicit, not derived from an empty group list: groups hidden by a policy
   * would otherwise open the version to all partners.
   */
  forEveryone!: boolean;
  /** In rows of their own; in no particular order. */
  partnerGroupIds!: readonly PartnerGroupId[];
  opensOn!: CalendarDate | null;
  closesOn!: CalendarDate | null;
  manifestHash!: string | null;
  endedAt!: Date | null;
  /** What partners are told about the end. A recall has one always. */
  endedReason!: string | null;
  /** Why the product itself ended it; null: its vendor did. */
  endedCode!: EndCode | null;
  /** Since when no partner may launch it; null: within the window they may. */
  launchesStoppedAt!: Date | null;

  /** @param confirmed what was confirmed of the version before. */
  static draft(
    ids: { id: CampaignVersionId; campaignId: CampaignId; vendorId: VendorId; number: number },
    content: VersionContent,
    by: Action,
    confirmed: readonly Confirmation[] = [],
  ): CampaignVersion {
    return Object.assign(new CampaignVersion(), ids, content, {
      status: 'draft' as const,
      confirmations: stillConfirmed(confirmed, content.warnings),
      createdAt: by.at,
      createdByName: by.name,
      savedAt: by.at,
      savedByName: by.name,
      linkCheckRequestedAt: null,
      linksCheckedAt: null,
      submittedAt: null,
      submittedByUserId: null,
      submittedByName: null,
      reviewers: [],
      reviewDueOn: null,
      approvedAt: null,
      approvedByUserId: null,
      approvedByName: null,
      approvedAlone: false,
      publishedAt: null,
      publishedByName: null,
      forEveryone: false,
      partnerGroupIds: [],
      opensOn: null,
      closesOn: null,
      manifestHash: null,
      endedAt: null,
      endedReason: null,
      endedCode: null,
      launchesStoppedAt: null,
    });
  }

  /** Checks that its files may change: in the draft, or in the next one. */
  requireEditable(): void {
    if (this.status === 'in-review')
      throw this.refusal('in-review', 'It is in review: send it back first, then upload again.');
  }

  /** Puts the content of a new upload in place of the draft's. */
  replaceContent(content: VersionContent, by: Action): void {
    if (this.status !== 'draft')
      throw this.refusal('in-review', 'It is in review: send it back first, then upload again.');
    const saved = { savedAt: by.at, savedByName: by.name };
    const confirmations = stillConfirmed(this.confirmations, content.warnings);
    Object.assign(this, content, saved, { confirmations, linkCheckRequestedAt: null, linksCheckedAt: null });
  }

  /** @throws DomainError `campaign-version.not-draft`. */
  requireDraft(): void {
    if (this.status === 'draft') return;
    throw this.refusal(
      'not-draft',
      this.status === 'in-review'
        ? 'It is in review: ask an approver to send it back first.'
        : 'Only a draft can be deleted. Archive the campaign instead.',
    );
  }

  /**
   * Replaces the result of the link check.
   * @returns false if the version was published or replaced meanwhile.
   */
  recordLinkAdvice(packageHash: string, advice: readonly VersionWarning[], at: Date): boolean {
    if (this.packageHash !== packageHash || !this.isInWork) return false;
    this.linksCheckedAt = at;
    const others = this.warnings.filter(({ code }) => !(LINK_ADVICE as readonly string[]).includes(code));
    this.warnings = [...others, ...advice];
    return true;
  }

  /**
   * Starts a link check, first or repeated.
   * @returns false if one is running.
   * @throws DomainError once the version is published.
   */
  requestLinkCheck(at: Date): boolean {
    if (!this.isInWork)
      throw this.refusal('published', 'What is published keeps its advice: check the links of the next version.');
    const isAnswered =
      this.linkCheckRequestedAt === null ||
      (this.linksCheckedAt?.getTime() ?? 0) >= this.linkCheckRequestedAt.getTime();
    if (!isAnswered && isMomentsAgo(this.linkCheckRequestedAt, at)) return false;
    this.linkCheckRequestedAt = at;
    return true;
  }

  private get isInWork(): boolean {
    return this.status === 'draft' || this.status === 'in-review';
  }

  /**
   * Whether this user submitted it a moment ago: a second click, or a repeated
   * request.
   */
  isSubmittedBy({ userId, at }: Action): boolean {
    return (
      this.status === 'in-review' &&
      this.approvedAt === null &&
      this.submittedByUserId === userId &&
      isMomentsAgo(this.submittedAt, at)
    );
  }

  /** Whether this user approved it a moment ago. */
  isApprovedBy({ userId, at }: Action): boolean {
    return this.status === 'in-review' && this.approvedByUserId === userId && isMomentsAgo(this.approvedAt, at);
  }

  /**
   * Confirms that warnings are right as they are: a text that is the same in
   * two languages, or as in the template.
   * @returns how many were confirmed.
   * @throws DomainError `campaign-version.not-draft`.
   */
  confirm(names: readonly WarningName[], by: Action): number {
    this.requireDraft();
    const before = this.confirmations.length;
    this.confirmations = withConfirmed(this.confirmations, this.warnings, names, {
      at: by.at.toISOString(),
      by: by.name,
    });
    return this.confirmations.length - before;
  }

  /**
   * @throws DomainError `campaign-version.texts-open` with `details.problems`:
   *   placeholders, and warnings that are not confirmed; `review.due-past`.
   */
  submit(by: Action, { reviewers, dueOn }: ReviewRequest = ANY_REVIEWER): void {
    const open = this.status === 'draft' ? openWarnings(this.warnings, this.confirmations) : [];
    if (open.length > 0) {
      throw new DomainError(
        'campaign-version.texts-open',
        `Version ${this.number} was not submitted. Correct or confirm its texts first: ${open.length === 1 ? 'one is' : `${open.length} are`} open.`,
        { versionId: this.id, count: open.length, problems: open },
        { kind: 'conflict' },
      );
    }
    requireDueDay(dueOn, by.at);
    this.moveTo('in-review');
    this.submittedAt = by.at;
    this.submittedByUserId = by.userId;
    this.submittedByName = by.name;
    this.reviewers = reviewers;
    this.reviewDueOn = dueOn;
  }

  /**
   * Four eyes: the submitter does not approve, unless no other user may. That
   * exception is recorded.
   * @throws DomainError `approval.person-missing` for an API key: only a person
   *   approves.
   */
  approve(by: Action, options: { readonly onlyApprover: boolean }): void {
    if (this.status !== 'in-review')
      throw this.refusal('not-in-review', 'Only a version in review can be approved: submit it first.');
    if (this.approvedAt !== null) throw this.refusal('approved', 'It is approved already: publish it.');
    if (by.userId === null || by.byKey) {
      throw new DomainError(
        'approval.person-missing',
        'An API key cannot approve a version. Sign in to approve it.',
        {},
        { kind: 'forbidden' },
      );
    }
    const alone = by.userId === this.submittedByUserId;
    if (alone && !options.onlyApprover) {
      throw new DomainError(
        'approval.own-submission',
        'You submitted this version, so another user must approve it. Ask another approver or owner of your organisation.',
        {},
        { kind: 'forbidden' },
      );
    }
    this.approvedAt = by.at;
    this.approvedByUserId = by.userId;
    this.approvedByName = by.name;
    this.approvedAlone = alone;
  }

  /** @throws DomainError `campaign-version.not-submitted`. */
  withdraw(): void {
    if (this.status !== 'in-review')
      throw this.refusal('not-submitted', 'Only a version in review can be withdrawn: reload the page.');
    this.returnToDraft();
  }

  /** Back to draft; a request for review and an approval are void. */
  returnToDraft(): void {
    this.moveTo('draft');
    this.submittedAt = null;
    this.submittedByUserId = null;
    this.submittedByName = null;
    this.reviewers = [];
    this.reviewDueOn = null;
    this.approvedAt = null;
    this.approvedByUserId = null;
    this.approvedByName = null;
    this.approvedAlone = false;
  }

  /**
   * @throws DomainError `campaign-version.comments-closed` once it is
   *   published: it cannot change.
   */
  requireCommentable(): void {
    if (!this.isInWork)
      throw this.refusal('comments-closed', 'What is published is not commented on: comment on the next version.');
  }

  /** Checks the state for `publish` before the work of sealing. */
  requirePublishable(): void {
    if (this.status !== 'in-review')
      throw this.refusal('not-in-review', 'Only an approved version in review can be published.');
    if (this.approvedAt === null)
      throw this.refusal('not-approved', 'It is not approved yet: an approver has to look at it first.');
  }

  publish(availability: Availability, manifestHash: string, by: Action): void {
    this.requirePublishable();
    requireWindow(availability, by.at);
    this.moveTo('published');
    const { partnerGroupIds, opensOn, closesOn } = availability;
    Object.assign(this, { opensOn, closesOn, manifestHash, publishedAt: by.at, publishedByName: by.name });
    this.partnerGroupIds = [...new Set(partnerGroupIds)];
    this.forEveryone = partnerGroupIds.length === 0;
  }

  /**
   * Whether a partner may run it: by any of its groups, or as a partner of the
   * vendor.
   */
  isFor({ groups, vendors }: PartnerScope): boolean {
    return vendors.has(this.vendorId) && (this.forEveryone || this.partnerGroupIds.some((id) => groups.has(id)));
  }

  /** Whether it is published and its first day is still to come. */
  opensLater(now: Date): boolean {
    return this.status === 'published' && this.opensOn !== null && calendarDate(now) < this.opensOn;
  }

  /**
   * @param reason for the partners; required for a recall.
   * @param code if the product ends it. A recall of a version that has ended
   *   leaves its code.
   * @throws DomainError `campaign.reason-missing`.
   */
  end(status: EndedStatus, at: Date, reason: string | null, code: EndCode | null = null): void {
    if (status === 'recalled' && reason === null) {
      throw new DomainError(
        'campaign.reason-missing',
        'Tell your partners why you recall the campaign: write a reason.',
        { field: 'reason' },
      );
    }
    this.moveTo(status);
    this.endedAt = at;
    this.endedReason = reason;
    this.endedCode ??= code;
  }

  /** After the reversal of a recall: as it was before. No person moves it there, so `NEXT` has no such way. */
  reinstate(status: 'published' | 'retired', endedAt: Date | null, endedReason: string | null): void {
    if (this.status !== 'recalled')
      throw this.refusal('wrong-state', `It is ${this.status} and is not recalled: reload the page.`);
    this.status = status;
    this.endedAt = endedAt;
    this.endedReason = endedReason;
  }

  /**
   * Stops new launches, or allows them again. What runs continues.
   * @returns false if it is so already.
   */
  setLaunches(launches: 'stopped' | 'allowed', at: Date): boolean {
    if (this.status !== 'published')
      throw this.refusal('not-published', 'Only a published version has launches to stop or to allow.');
    if ((this.launchesStoppedAt !== null) === (launches === 'stopped')) return false;
    this.launchesStoppedAt = launches === 'stopped' ? at : null;
    return true;
  }

  /** Whether a partner of its groups may launch it today. */
  isLaunchable(now: Date): boolean {
    return this.status === 'published' && this.launchesStoppedAt === null && isWithin(this, now);
  }

  /** Whether a partner may launch it today or on a later day. */
  mayBeLaunched(now: Date): boolean {
    return this.isLaunchable(now) || (this.launchesStoppedAt === null && this.opensLater(now));
  }

  /**
   * The only change of state.
   * @throws DomainError `campaign-version.wrong-state`.
   */
  private moveTo(status: CampaignStatus): void {
    if (!(NEXT[this.status] as readonly string[]).includes(status)) {
      throw this.refusal('wrong-state', `It is ${this.status} and cannot become ${status}.`);
    }
    this.status = status;
  }

  private refusal(reason: string, sentence: string): DomainError {
    return new DomainError(
      `campaign-version.${reason}`,
      `Version ${this.number} was not changed. ${sentence}`,
      { versionId: this.id, status: this.status },
      { kind: 'conflict' },
    );
  }
}

/** A version without what was found in it and confirmed. */
export type PlainVersion = Omit<CampaignVersion, 'warnings' | 'confirmations'>;
