import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, DomainError, type VendorActor } from '#kernel';
import { actionBy } from './action.js';
import type { CampaignVersion } from './campaign-version.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { ReviewMail } from './review-mail.service.js';
import {
  type CommentAbout,
  type CommentThread,
  type NewComment,
  ReviewComment,
  type ReviewCommentId,
  threadsOf,
} from './review-comment.js';

/**
 * Review comments of the vendor's users on a version in work.
 * They do not change its state.
 */
@Injectable()
export class CampaignComments {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly compiled: CompiledCampaigns,
    private readonly mail: ReviewMail,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `review-comment.about-unknown` where the version has no
   *   such part.
   */
  async comment(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    { text, about = null, block = null }: Pick<NewComment, 'text' | 'about' | 'block'>,
  ): Promise<CommentThread> {
    return this.inWork(actor, campaignId, number, async (version) => {
      if (about !== null) requirePart(await this.compiled.load(version.compiledHash), about);
      const { id } = await this.insert(actor, version, 'campaign-version.commented', { text, about, block });
      return id;
    });
  }

  /**
   * @throws DomainError `review-comment.not-found`, also for an answer: only
   *   comments are answered.
   */
  async answer(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    commentId: ReviewCommentId,
    text: string,
  ): Promise<CommentThread> {
    return this.inWork(actor, campaignId, number, async (version) => {
      const { id } = await this.rows.comment(version.id, commentId);
      await this.insert(actor, version, 'campaign-version.comment-answered', { text, answers: id });
      return id;
    });
  }

  /** Resolves a comment. Idempotent. */
  async resolve(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    commentId: ReviewCommentId,
  ): Promise<CommentThread> {
    return this.inWork(actor, campaignId, number, async (version) => {
      const comment = await this.rows.comment(version.id, commentId);
      if (!comment.resolve(actionBy(actor, this.clock.now()))) return comment.id;
      await this.rows.saveResolution(comment);
      await this.record(actor, version, 'campaign-version.comment-resolved', comment);
      return comment.id;
    });
  }

  /** Reopens a comment. Idempotent. */
  async reopen(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    commentId: ReviewCommentId,
  ): Promise<CommentThread> {
    return this.inWork(actor, campaignId, number, async (version) => {
      const comment = await this.rows.comment(version.id, commentId);
      if (!comment.reopen()) return comment.id;
      await this.rows.saveResolution(comment);
      await this.record(actor, version, 'campaign-version.comment-reopened', comment);
      return comment.id;
    });
  }

  /**
   * Runs the change with the version locked.
   * @returns the comment after it.
   */
  private async inWork(
    actor: VendorActor,
    campaignId: CampaignId,
    number: number,
    work: (version: CampaignVersion) => Promise<ReviewCommentId>,
  ): Promise<CommentThread> {
    requirePermission(actor, 'campaigns.comment');
    return this.database.inTransaction(actor, async () => {
      const version = await this.rows.version(campaignId, number, 'to-change');
      version.requireCommentable();
      const id = await work(version);
      const thread = threadsOf(await this.rows.comments(version.id)).find(({ comment }) => comment.id === id);
      if (thread === undefined) throw new Error(`The comment ${id} of version ${version.id} has gone.`);
      return thread;
    });
  }

  /** @returns the comment, or the same one of a moment ago. */
  private async insert(
    actor: VendorActor,
    version: CampaignVersion,
    action: `campaign-version.${string}`,
    remark: NewComment,
  ): Promise<ReviewComment> {
    const comment = ReviewComment.create(version, remark, actionBy(actor, this.clock.now()));
    const before = await this.rows.comments(version.id);
    const said = before.find((one) => one.isAgain(comment));
    if (said !== undefined) return said;
    await this.rows.addComment(comment);
    await this.record(actor, version, action, comment);
    const authors = new Set(before.map(({ authorUserId }) => authorUserId));
    await this.mail.postComment(actor, version, { comment: comment.text, authors });
    return comment;
  }

  private async record(
    actor: VendorActor,
    { id, campaignId, number }: CampaignVersion,
    action: `campaign-version.${string}`,
    comment: ReviewComment,
  ): Promise<void> {
    await this.audit.record(actor, {
      action,
      subject: { kind: 'campaign-version', id },
      details: {
        campaignId,
        number,
        commentId: comment.id,
        ...(comment.about === null ? {} : { about: comment.about }),
      },
    });
  }
}

function requirePart({ definition, ...parts }: CompiledCampaign, { kind, key }: CommentAbout): void {
  const keys = {
    email: parts.emails,
    page: parts.pages,
    document: parts.documents,
    social: parts.social,
    step: definition.sequence.steps,
  }[kind].map((part) => part.key);
  if (keys.includes(key)) return;
  throw new DomainError(
    'review-comment.about-unknown',
    `This version has no ${kind} "${key}". Choose one that it has, or comment on the version as a whole.`,
    { field: 'about', kind, key },
  );
}
