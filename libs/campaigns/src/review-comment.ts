import type { CommentBlock, TacticType } from '#contracts';
import { type CampaignVersionId, type Id, newId, type UserId, type VendorId } from '#kernel';
import { type Action, isMomentsAgo } from './action.js';

export type ReviewCommentId = Id<'review-comment'>;

/** A part of a version, by its key in the package. */
export interface CommentAbout {
  readonly kind: TacticType | 'step';
  readonly key: string;
}

/**
 * A comment on a version: standalone, with a rejection, or as an answer to a
 * comment.
 */
export interface NewComment {
  readonly text: string;
  readonly about?: CommentAbout | null;
  /** Of an e-mail or page. */
  readonly block?: CommentBlock | null;
  /** The version is sent back with it. */
  readonly returned?: boolean;
  /** The comment that this answers. */
  readonly answers?: ReviewCommentId;
}

/**
 * A team member's comment on a version.
 * Its text never changes; it can be resolved.
 */
export class ReviewComment {
  id!: ReviewCommentId;
  versionId!: CampaignVersionId;
  vendorId!: VendorId;
  at!: Date;
  authorUserId!: UserId | null;
  authorName!: string;
  text!: string;
  returned!: boolean;
  aboutKind!: CommentAbout['kind'] | null;
  aboutKey!: string | null;
  aboutBlock!: CommentBlock | null;
  answers!: ReviewCommentId | null;
  resolvedAt!: Date | null;
  resolvedByUserId!: UserId | null;
  resolvedByName!: string | null;

  static create(
    version: { readonly id: CampaignVersionId; readonly vendorId: VendorId },
    { text, about = null, block = null, returned = false, answers }: NewComment,
    by: Action,
  ): ReviewComment {
    return Object.assign(new ReviewComment(), {
      id: newId<ReviewCommentId>(),
      versionId: version.id,
      vendorId: version.vendorId,
      at: by.at,
      authorUserId: by.userId,
      authorName: by.name,
      text,
      returned,
      answers: answers ?? null,
      aboutKind: about?.kind ?? null,
      aboutKey: about?.key ?? null,
      aboutBlock: block,
      resolvedAt: null,
      resolvedByUserId: null,
      resolvedByName: null,
    });
  }

  get about(): CommentAbout | null {
    return this.aboutKind === null || this.aboutKey === null ? null : { kind: this.aboutKind, key: this.aboutKey };
  }

  /**
   * Whether it repeats the same comment from a moment ago: a second click or
   * request.
   */
  isAgain(other: ReviewComment): boolean {
    return this.resolvedAt === null && isMomentsAgo(this.at, other.at) && this.said === other.said;
  }

  /** Who says what about which part. */
  private get said(): string {
    const about = [this.aboutKind, this.aboutKey, this.aboutBlock?.number];
    return [this.authorUserId, this.authorName, this.text, ...about, this.answers].join('\n');
  }

  /** @returns false if it was resolved before; the first resolver stays. */
  resolve(by: Action): boolean {
    if (this.resolvedAt !== null) return false;
    this.resolvedAt = by.at;
    this.resolvedByUserId = by.userId;
    this.resolvedByName = by.name;
    return true;
  }

  /** @returns false where it was open. */
  reopen(): boolean {
    if (this.resolvedAt === null) return false;
    this.resolvedAt = null;
    this.resolvedByUserId = null;
    this.resolvedByName = null;
    return true;
  }
}

/** A comment with its answers, oldest first. */
export interface CommentThread {
  readonly comment: ReviewComment;
  readonly answers: readonly ReviewComment[];
}

/** @param comments of one version, oldest first. */
export function threadsOf(comments: readonly ReviewComment[]): CommentThread[] {
  return comments
    .filter(({ answers }) => answers === null)
    .map((comment) => ({ comment, answers: comments.filter(({ answers }) => answers === comment.id) }));
}
