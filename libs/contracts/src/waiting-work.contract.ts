import { z } from 'zod';
import { TestedArm, TestOf } from './experiment.contract.js';

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
  /** Published versions while partners run an earlier one: to decide about, or held by the rule of a decision. */
  updates: z.array(
    z.object({
      kind: z.enum(['undecided', 'held']),
      campaignId: z.uuid(),
      number: z.number().int(),
      title: Titles,
      /** Partners that run an earlier version; of a held one: partners whose sending is stopped. */
      partners: z.number().int(),
    }),
  ),
  /** Recalls that are still carried out. */
  recalls: z.array(
    z.object({
      campaignId: z.uuid(),
      recallId: z.uuid(),
      title: Titles,
      decidedOn: z.iso.date(),
      /** Campaigns of partners whose part is not done. */
      open: z.number().int(),
    }),
  ),
  /** Tests of running campaigns with a winner that is not applied yet. */
  tests: z.array(
    z.object({
      campaignId: z.uuid(),
      number: z.number().int(),
      title: Titles,
      of: TestOf,
      place: z.number().int().describe('of the winner among the arms, from 0'),
      winner: TestedArm,
    }),
  ),
  /** Campaigns and assets whose day of review has come. */
  oldContents: z.number().int().nullable(),
  /** Companies that applied to become a partner. */
  applications: z.number().int().nullable(),
  /** Partners that keep a tier for the grace period, and the first day of a lower one. */
  tierDrops: z.object({ partners: z.number().int(), firstOn: z.iso.date() }).nullable(),
  /** Partners that have not accepted the newest terms. */
  termsNotAccepted: z.object({ partners: z.number().int(), acceptBy: z.iso.date().nullable() }).nullable(),
  /** Shared leads without an answer. */
  sharedLeads: z.number().int().nullable(),
  /** Partners whose invitation has expired. */
  expiredInvitations: z.number().int().nullable(),
});
export type WaitingWork = z.infer<typeof WaitingWork>;
