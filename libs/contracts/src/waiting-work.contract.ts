import { z } from 'zod';

const Titles = z.record(z.string(), z.string());

/** What waits for a person of a vendor. A number is null for who may not act on it. */
export const WaitingWork = z.object({
  /** Versions: to review, returned with a comment, with texts to confirm, to publish. */
  versions: z.array(
    z.object({
      kind: z.enum(['review', 'returned', 'confirm', 'publish']),
      campaignId: z.uuid(),
      number: z.number().int(),
      title: Titles,
      /** Until when a review is wanted. */
      dueOn: z.iso.date().nullable(),
    }),
  ),
  /** Languages of campaigns: to review for their reviewer, to correct for who translated them. */
  translations: z.array(
    z.object({
      kind: z.enum(['review', 'rework']),
      campaignId: z.uuid(),
      number: z.number().int(),
      title: Titles,
      locale: z.string(),
      count: z.number().int(),
      by: z.string(),
    }),
  ),
  /** Shared leads without an answer. */
  sharedLeads: z.number().int().nullable(),
  /** Partners whose invitation has expired. */
  expiredInvitations: z.number().int().nullable(),
});
export type WaitingWork = z.infer<typeof WaitingWork>;
