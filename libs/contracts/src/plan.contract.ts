import { z } from 'zod';

const DAYS_MS = 400 * 24 * 60 * 60 * 1000;

export const PlanQuery = z
  .object({ from: z.iso.date(), to: z.iso.date() })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'The last day is before the first.' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= DAYS_MS, {
    path: ['to'],
    error: 'Ask for at most 400 days.',
  });

/** A vendor's campaigns in a calendar. */
export const PlanView = z.object({
  /** The server's day. */
  today: z.iso.date(),
  items: z.array(
    z.object({
      kind: z
        .enum(['draft', 'review', 'approved', 'window'])
        .describe('in work; submitted; to be published; published, from its first to its last day'),
      campaignId: z.uuid(),
      number: z.number().int(),
      title: z.record(z.string(), z.string()),
      /** First day of the window; day of the last save, or of the submission. */
      from: z.iso.date(),
      /** Last day of the window; day until which a review is wanted. */
      to: z.iso.date().nullable(),
      /** Who saved, submitted or published it. */
      by: z.string(),
      forEveryone: z.boolean(),
      groups: z.array(z.string()),
      /** No partner may launch it now. */
      isStopped: z.boolean(),
    }),
  ),
});
export type PlanView = z.infer<typeof PlanView>;
