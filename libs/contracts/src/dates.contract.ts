import { z } from 'zod';
import { PartnerChoices } from './activation.contract.js';
import { DateRange, GoalView, PartnerRights, SendTimeView } from './sequence.contract.js';
import { ACTION_TYPES } from './step-type.js';

const Instant = z.iso.datetime();

/**
 * Steps whose date changes for a contact in the partner's time zone.
 * `after` is null for a step that would no longer come.
 */
export const MovedDates = z.array(
  z.object({ stepKey: z.string(), kind: z.enum(ACTION_TYPES), before: Instant, after: Instant.nullable() }),
);
export type MovedDates = z.infer<typeof MovedDates>;

/** A launch of which only the dates are computed. */
export const DatesRequest = z.strictObject({
  /** Left out: now. */
  startAt: Instant.optional(),
  /** Left out: as the vendor planned it. */
  choices: PartnerChoices.default({ shiftDays: {}, skip: [], blackouts: [] }),
});

/**
 * When each step comes for an inactive contact in the partner's time zone, in
 * order.
 */
export const DatesView = z.object({
  startAt: Instant,
  timeZone: z.string(),
  steps: z.array(
    z.object({
      stepKey: z.string(),
      kind: z.enum(ACTION_TYPES),
      /** Null: only an active contact reaches it, or no contact does. */
      at: Instant.nullable(),
      /** As the vendor planned it. */
      plannedAt: Instant.nullable(),
      /** Why no contact gets it; null if some do. */
      why: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
      /** What the vendor leaves to the partner; empty: nothing. */
      partnerMay: PartnerRights,
      testTimes: z
        .array(SendTimeView)
        .describe('times that are tested with the contacts; the date is of the first one'),
    }),
  ),
  /**
   * Days without mail from the start to the last step, in order.
   * From the vendor, from the partner's calendar, and from this launch.
   */
  closed: z.array(
    DateRange.extend({
      name: z.string().nullable(),
      /** Countries of the contacts concerned; empty: all. */
      countries: z.array(z.string()),
      by: z.enum(['vendor', 'partner', 'launch']),
    }),
  ),
  choices: PartnerChoices,
  goals: z.array(GoalView),
});
export type DatesView = z.infer<typeof DatesView>;
