import { z } from 'zod';
import type { UserId } from '#kernel';
import { idSchema } from './id.js';

const Text = z.string().trim().min(1).max(4000);

/** A part of a version, by its key in the package. */
export const CommentAbout = z.strictObject({
  kind: z.enum(['email', 'page', 'document', 'social', 'step']),
  key: z.string().min(1).max(60),
});
export type CommentAbout = z.infer<typeof CommentAbout>;

/** A block of an e-mail or page as it was written when a user commented on it. */
export const CommentBlock = z.strictObject({
  number: z.int().min(0).max(10_000).describe('its place among all blocks'),
  name: z.string().min(1).max(200).describe('what it was called'),
  tag: z.string().min(1).max(60),
  open: z.string().max(400).describe('the beginning of its start tag'),
  keys: z.array(z.string().max(200)).max(20).describe('its texts in the catalogues'),
  content: z.string().max(400).describe('the beginning of what it contains, unless that are blocks'),
});
export type CommentBlock = z.infer<typeof CommentBlock>;

const Said = z.object({ id: z.uuid(), at: z.iso.datetime(), author: z.string(), text: z.string() });

/** A comment of a vendor's user on a version, with its answers. */
export const ReviewComment = Said.extend({
  /** The version was sent back to draft with it. */
  returned: z.boolean(),
  /**
   * Null: the whole version.
   * A later upload of the draft may have removed the part.
   */
  about: CommentAbout.nullable(),
  /** Null: the whole part. A later edit may have removed the block. */
  block: CommentBlock.nullable(),
  /** Oldest first. */
  answers: z.array(Said),
  /** Null while it is open. */
  resolvedAt: z.iso.datetime().nullable(),
  resolvedBy: z.string().nullable(),
});
export type ReviewComment = z.infer<typeof ReviewComment>;

export const CommentOnVersion = z
  .strictObject({
    text: Text,
    about: CommentAbout.nullable().default(null),
    block: CommentBlock.nullable().default(null),
  })
  .refine(({ about, block }) => block === null || about?.kind === 'email' || about?.kind === 'page', {
    path: ['block'],
    message: 'Only e-mails and pages have blocks. Name one of them in "about", or leave "block" out.',
  });
export const AnswerComment = z.strictObject({ text: Text });

/** A person of the vendor who may approve. */
export const Reviewer = z.object({ id: z.uuid(), name: z.string() });
export const Reviewers = z.object({ items: z.array(Reviewer) });
export type Reviewers = z.infer<typeof Reviewers>;

/** Who should review a version, and by when. A request without a body asks all approvers. */
export const SubmitVersion = z
  .strictObject({
    /** Approvers to ask; empty: all. */
    reviewerIds: z.array(idSchema<UserId>()).max(20).default([]),
    dueOn: z.iso.date().nullable().default(null),
  })
  .prefault({});
export const ReturnVersion = z.strictObject({ comment: Text });
