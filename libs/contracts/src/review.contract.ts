import { z } from 'zod';

const Text = z.string().trim().min(1).max(4000);

/** A part of a version, by its key in the package. */
export const CommentAbout = z.object({
  kind: z.enum(['email', 'page', 'document', 'social', 'step']),
  key: z.string().min(1).max(60),
});
export type CommentAbout = z.infer<typeof CommentAbout>;

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
  /** Oldest first. */
  answers: z.array(Said),
  /** Null while it is open. */
  resolvedAt: z.iso.datetime().nullable(),
  resolvedBy: z.string().nullable(),
});
export type ReviewComment = z.infer<typeof ReviewComment>;

export const CommentOnVersion = z.object({ text: Text, about: CommentAbout.nullable().default(null) });
export const AnswerComment = z.object({ text: Text });
export const ReturnVersion = z.object({ comment: Text });
