import { z } from 'zod';
import type { ActivationId } from '#kernel';
import { idSchema } from './id.js';
import { Titles } from './titles.contract.js';
import { pageOf, PageQuery } from './page.contract.js';

/** A post that a sequence has come to: the partner's to publish. */
export const ReadyPostView = z.object({
  activationId: z.uuid(),
  /** Of the campaign. */
  title: z.string(),
  titles: Titles,
  postKey: z.string(),
  readyAt: z.iso.datetime(),
  /** When, and by which user, it was marked as published; null: not yet. */
  postedAt: z.iso.datetime().nullable(),
  postedBy: z.string().nullable(),
  /**
   * Held and stopped activations publish nothing: then text and picture are
   * null.
   */
  mayPublish: z.boolean(),
  /**
   * Text to copy, with the landing page's URL at its end.
   * Null while it is being made, and if it may not be published.
   */
  text: z.string().nullable(),
  /** URL of the landing page. */
  pageUrl: z.string(),
  /** To download at `/activations/:id/assets/:assetId`. */
  pictures: z.array(z.object({ assetId: z.uuid(), format: z.string() })),
});
export type ReadyPostView = z.infer<typeof ReadyPostView>;
export const ReadyPosts = pageOf(ReadyPostView);

export const ReadyPostQuery = PageQuery.extend({
  activationId: idSchema<ActivationId>().optional(),
  /** `open`: those that wait. */
  state: z.enum(['open', 'all']).default('all'),
});
export const MarkPosted = z.strictObject({ posted: z.boolean() });
/** How many posts wait that may be published now. */
export const WaitingPosts = z.object({ count: z.number().int() });
export type WaitingPosts = z.infer<typeof WaitingPosts>;
