import { z } from 'zod';
import { MAX_POSTPONEMENT_DAYS } from './limits.js';
import { MovedDates } from './dates.contract.js';

/** Whole days: each contact keeps its time of day. */
export const PostponementPlan = z.strictObject({ days: z.number().int().min(1).max(MAX_POSTPONEMENT_DAYS) });

export const PostponementRequest = PostponementPlan.extend({
  /**
   * The number of the postponement, from its outlook: a repeated request is
   * done once.
   */
  number: z.number().int().min(1),
});

/** What a postponement would do, without replies, clicks or opt-outs. */
export const PostponementOutlook = z.object({
  /** Goes into the request. */
  number: z.number().int(),
  /** From when it counts: now, or when it was put on hold. */
  from: z.iso.datetime(),
  /** Until when no mail goes out. */
  until: z.iso.datetime(),
  /** Of the dates of its steps. */
  timeZone: z.string(),
  /** People by the step that they wait for, in the order of the sequence. */
  waiting: z.array(
    z.object({
      stepKey: z.string(),
      kind: z.string(),
      /** Contacts that get the step later. */
      later: z.number().int(),
      /** Contacts that wait for a fixed date of the vendor. */
      stay: z.number().int(),
      /** Contacts that miss the step, because its last day has passed. */
      passed: z.number().int(),
      /** When the first contact that does not miss the step gets it. */
      firstAt: z.iso.datetime().nullable(),
    }),
  ),
  steps: MovedDates,
});
export type PostponementOutlook = z.infer<typeof PostponementOutlook>;
