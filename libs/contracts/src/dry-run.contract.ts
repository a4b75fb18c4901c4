import { z } from 'zod';
import { PartnerChoices } from './activation.contract.js';
import { CONTACT_DATES } from './contact-date.js';
import { checkLaunchLists, launchListFields } from './launch-lists.contract.js';
import { pageOf } from './page.contract.js';
import { ACTION_TYPES } from './step-type.js';

const Instant = z.iso.datetime();
const Reason = z.object({ reason: z.string(), sentence: z.string() });

/** A launch that is only previewed. */
export const DryRunRequest = z
  .strictObject({
    ...launchListFields,
    /** Left out: now. */
    startAt: Instant.optional(),
    /** Left out: the language that the partner would launch it in. */
    locale: z.string().max(20).optional(),
    /** Left out: as the vendor planned it. */
    choices: PartnerChoices.default({ shiftDays: {}, skip: [], blackouts: [] }),
  })
  .superRefine(checkLaunchLists);

/** How long a dry run is waited for. */
export const DryRunQuery = z.object({
  /**
   * Seconds; after them the answer is partial.
   * Absent: wait until it is complete.
   */
  waitSeconds: z.coerce.number().int().min(0).max(60).optional(),
});

/** When a dry run was computed. */
const AsOf = z.object({
  asOf: Instant,
  /** False if data has changed since and a new computation is running. */
  isCurrent: z.boolean(),
});

/**
 * What a launch to lists would do in 90 days, without replies, clicks or
 * changes.
 */
export const DryRunView = AsOf.extend({
  /** False: the numbers cover the contacts simulated so far. */
  isComplete: z.boolean(),
  /** Contacts of the lists, each once, and those simulated so far. */
  progress: z.object({ people: z.number().int(), of: z.number().int() }),
  startAt: Instant,
  until: Instant,
  /** The partner's: the days are days of its calendar. */
  timeZone: z.string(),
  total: z.number().int(),
  /** Who gets at least one e-mail. */
  reached: z.number().int(),
  /** Contacts that continue after `until`. */
  later: z.number().int(),
  steps: z.array(
    z.object({
      stepKey: z.string(),
      kind: z.enum(ACTION_TYPES),
      willGet: z.number().int(),
      first: Instant.nullable(),
      last: Instant.nullable(),
      skipped: z.array(Reason.extend({ count: z.number().int() })),
      /**
       * Recipients that wait for the daily limit, an initial hold or a new
       * domain.
       */
      delayed: z.array(Reason.extend({ count: z.number().int() })),
    }),
  ),
  /**
   * Contacts whose day of entry comes until then, by rule, whether they may be
   * mailed or not. They are in no other number.
   */
  byDate: z.array(
    z.object({
      entryKey: z.string(),
      field: z.enum(CONTACT_DATES),
      days: z.number().int().describe('after the date; negative: before it'),
      people: z.number().int(),
      most: z.object({ on: z.iso.date(), people: z.number().int() }).nullable().describe('the day on which most enter'),
    }),
  ),
  days: z.array(z.object({ on: z.iso.date(), stepKey: z.string(), count: z.number().int() })),
  /** Where the clocks of the contacts are from. */
  zones: z.array(z.object({ source: z.string(), count: z.number().int() })),
});
export type DryRunView = z.infer<typeof DryRunView>;

/**
 * About so many contacts of all partners, with noise; null if the number is
 * below `smallest`.
 */
const About = z.number().int().nullable();

/**
 * Forecast of a version for the default lists of all partners of a programme,
 * in 90 days. For the vendor: no individual partner or contact.
 */
export const ProgrammeDryRunView = z.object({
  /** The newest forecast of this text; null if none was requested. */
  forecast: z
    .object({
      requestedAt: Instant,
      /** The numbers are shown from this full hour on. */
      readyAt: Instant,
      /** Null until `readyAt`. */
      run: z
        .object({
          /** 95 of 100 numbers are at most this far from the truth. */
          margin: z.number().int(),
          /** Smaller numbers are not shown. */
          smallest: z.number().int(),
          total: About,
          /** Contacts that get at least one e-mail. */
          reached: About,
          steps: z.array(z.object({ stepKey: z.string(), kind: z.enum(ACTION_TYPES), willGet: About })),
          /** Contacts that get no e-mail, by the first reason. */
          skipped: z.array(Reason.extend({ count: z.number().int() })),
        })
        .nullable(),
    })
    .nullable(),
  /** Why no forecast can be requested now; null if one can. */
  obstacle: z.enum(['draft', 'recent', 'too-few-partners', 'spent', 'waiting']).nullable(),
  /** Forecasts of the vendor in 365 days, of all versions together. */
  budget: z.object({
    perYear: z.number().int(),
    left: z.number().int(),
    /** When the next is possible; null if one is left. */
    nextAt: Instant.nullable(),
  }),
});
export type ProgrammeDryRunView = z.infer<typeof ProgrammeDryRunView>;

const ForeseenStep = z.object({
  stepKey: z.string(),
  kind: z.enum(ACTION_TYPES),
  round: z.number().int(),
  at: Instant,
  outcome: z.enum(['sent', 'skipped', 'failed', 'done']),
  /** Why not; null for what is sent or done. */
  why: Reason.nullable(),
  /** What it waits for until `at`, and since when. */
  waits: z.array(Reason.extend({ since: Instant })),
});
export const ForecastContactView = z.object({
  contactId: z.uuid(),
  email: z.string(),
  name: z.string(),
  locale: z.string(),
  timeZone: z.string(),
  timeZoneSource: z.string(),
  steps: z.array(ForeseenStep),
  end: z.enum(['completed', 'exited', 'later', 'not-enrolled']),
});
export type ForecastContactView = z.infer<typeof ForecastContactView>;
export const ForecastContacts = pageOf(ForecastContactView).extend(AsOf.shape);

/** What resuming a held activation would do with late contacts, by step. */
export const LateView = z.object({
  steps: z.array(
    z.object({
      stepKey: z.string(),
      kind: z.string(),
      /** Contacts that continue at once. */
      now: z.number().int(),
      /** People who wait for the hours of their next day. */
      later: z.number().int(),
      laterFrom: Instant.nullable(),
      /** Contacts that reach the step after its last day: it is passed. */
      passed: z.number().int(),
    }),
  ),
});
export type LateView = z.infer<typeof LateView>;

const MAX_HOURS = 90 * 24;

/** Contacts that there are not, for a vendor to try a sequence on. */
export const SampleDryRunRequest = z.strictObject({
  startAt: Instant.optional(),
  entry: z
    .string()
    .max(60)
    .optional()
    .describe('key of the entry by which they enter; left out: the list at launch, or else the first'),
  samples: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(60),
        timeZone: z.string().max(60),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .optional(),
        industry: z.string().max(60).optional(),
        persona: z.string().max(60).optional(),
        stage: z.string().max(60).optional(),
        segment: z.string().max(60).optional(),
        language: z.string().max(20).optional(),
        company: z.string().max(120).optional(),
        arm: z.string().max(60).optional().describe('what is drawn for it in the test; left out: the first'),
        events: z
          .array(
            z.strictObject({
              kind: z.enum(['click', 'form', 'reply', 'event']),
              /** The link, page or event. */
              name: z.string().max(60).optional(),
              /** From the start on. */
              afterHours: z.number().min(0).max(MAX_HOURS),
            }),
          )
          .max(20)
          .default([]),
      }),
    )
    .min(1)
    .max(12),
});

export const SampleDryRunView = z.object({
  startAt: Instant,
  until: Instant,
  samples: z.array(
    z.object({
      name: z.string(),
      timeZone: z.string(),
      steps: z.array(ForeseenStep.omit({ outcome: true })),
      end: z.enum(['completed', 'exited', 'later']),
      /**
       * When it becomes a lead; reminder and escalation if the lead stays new.
       * Null: never.
       */
      lead: z.object({ at: Instant, reminder: Instant, escalation: Instant }).nullable(),
    }),
  ),
});
export type SampleDryRunView = z.infer<typeof SampleDryRunView>;
