import { z } from 'zod';
import { PartnerChoices } from './activation.contract.js';
import { DateRange, GoalView, PartnerRights } from './sequence.contract.js';
import { StepKind } from './step-name.contract.js';

const Instant = z.iso.datetime();

/** Steps of which the date moves for somebody in the partner's time zone; `after` is null for one that would not come any more. */
export const MovedDates = z.array(
  z.object({ stepKey: z.string(), kind: StepKind, before: Instant, after: Instant.nullable() }),
);
export type MovedDates = z.infer<typeof MovedDates>;

/** A launch of which only the dates are asked for. */
export const DatesRequest = z.object({
  /** Left out: now. */
  startAt: Instant.optional(),
  /** Left out: as the vendor planned it. */
  choices: PartnerChoices.default({ shiftDays: {}, skip: [], blackouts: [] }),
});

/** When each step comes to somebody in the partner's time zone who does nothing, in the order of the sequence. */
export const DatesView = z.object({
  startAt: Instant,
  timeZone: z.string(),
  steps: z.array(
    z.object({
      stepKey: z.string(),
      kind: StepKind,
      /** Null: only who does something comes to it, or nobody gets it. */
      at: Instant.nullable(),
      /** As the vendor planned it. */
      plannedAt: Instant.nullable(),
      /** Why nobody gets it; null where somebody does. */
      why: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
      /** What the vendor leaves to the partner; empty: nothing. */
      partnerMay: PartnerRights,
    }),
  ),
  /** Days without mail from the start to the last step, in their order: the vendor's, the partner's for every campaign, and those of this launch. */
  closed: z.array(
    DateRange.extend({
      name: z.string().nullable(),
      /** Whose contacts it is about; none: everybody's. */
      countries: z.array(z.string()),
      by: z.enum(['vendor', 'partner', 'launch']),
    }),
  ),
  choices: PartnerChoices,
  goals: z.array(GoalView),
});
export type DatesView = z.infer<typeof DatesView>;
