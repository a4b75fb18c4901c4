import { z } from 'zod';
import { CONTACT_DATES } from './contact-date.js';
import { STEP_TYPE_NAMES } from './step-type.js';

const Weekdays = z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']));
const Day = z.iso.date();
export const DateRange = z.object({ from: Day, to: Day });
export const PartnerRights = z.array(z.enum(['shift', 'skip']));

/** A time of sending that a step tests. */
export const SendTimeView = z.object({
  from: z.string(),
  to: z.string(),
  weekdays: Weekdays.describe('empty: those on which the campaign sends'),
});
export type SendTimeView = z.infer<typeof SendTimeView>;

/**
 * Hours, business days, until a date (and time), or until a time on given
 * weekdays.
 */
export const Wait = z.union([
  z.object({ hours: z.number().int() }),
  z.object({ businessDays: z.number().int() }),
  z.object({ date: Day, at: z.string().nullable() }),
  z.object({ at: z.string(), weekdays: Weekdays }),
]);
export type WaitView = z.infer<typeof Wait>;

/** An event or a fact; null: any. */
export const ConditionView = z.discriminatedUnion('on', [
  z.object({ on: z.literal('click'), link: z.string().nullable() }),
  z.object({ on: z.literal('form'), page: z.string().nullable() }),
  z.object({ on: z.literal('reply') }),
  z.object({ on: z.literal('event'), name: z.string() }),
  z.object({ on: z.literal('lead'), states: z.array(z.enum(['new', 'accepted', 'working', 'won', 'lost'])) }),
  z.object({ on: z.literal('list'), list: z.string() }),
  z.object({ on: z.literal('field'), field: z.string(), values: z.array(z.string()), isNot: z.boolean() }),
  z.object({ on: z.literal('date'), date: Day }),
]);
export type ConditionView = z.infer<typeof ConditionView>;

const SequenceStepView = z.object({
  key: z.string(),
  kind: z.enum(STEP_TYPE_NAMES),
  /**
   * The e-mail, post, text or webhook of an action; null for a lead, and for
   * other steps.
   */
  about: z.string().nullable(),
  test: z.array(z.string()).describe('e-mails that are tested against it: each contact gets one of them all'),
  testTimes: z.array(SendTimeView).describe('times that are tested against each other: each contact gets one of them'),
  /** Duration of a wait, or the time-out of an until; null for others. */
  wait: Wait.nullable(),
  /**
   * The conditions of an until or a branch, with their targets; the first true
   * one counts.
   */
  transitions: z.array(z.object({ when: ConditionView, to: z.string() })),
  /** Where it leads otherwise: a step's key, or `end`. */
  next: z.string(),
  valid: z.object({ from: Day.nullable(), to: Day.nullable() }).nullable(),
  partnerMay: PartnerRights,
  /** Hours from the start when the step comes up at the earliest. */
  earliestHour: z.number().int(),
  /**
   * Only contacts that meet one of these conditions reach it.
   * Empty: all contacts reach it.
   */
  onlyIf: z.array(ConditionView),
});
export type SequenceStepView = z.infer<typeof SequenceStepView>;

/** What makes a person enter; null: any. */
const EntryTriggerView = z.discriminatedUnion('on', [
  z.object({ on: z.literal('launch') }),
  z.object({ on: z.literal('joined') }),
  z.object({ on: z.literal('form'), page: z.string().nullable() }),
  z.object({ on: z.literal('document'), document: z.string().nullable() }),
  z.object({ on: z.literal('event'), name: z.string() }),
  z.object({ on: z.literal('lead'), states: z.array(z.enum(['new', 'accepted', 'working', 'won', 'lost'])) }),
  z.object({ on: z.literal('field'), field: z.string(), values: z.array(z.string()), isNot: z.boolean() }),
  /** So many days after a date of the contact; negative: before it. */
  z.object({ on: z.literal('date'), field: z.enum(CONTACT_DATES), days: z.number().int() }),
]);

/** A rule by which people enter the sequence. */
const EntryView = z.object({
  key: z.string(),
  when: EntryTriggerView,
  /** The step at which they begin. */
  start: z.string(),
  /** Days after which the rule may begin again for a person; null: never. */
  reentryAfterDays: z.number().int().nullable(),
  /** They wait until they have confirmed their opt-in by e-mail. */
  waitsForConfirmation: z.boolean(),
});
export type EntryView = z.infer<typeof EntryView>;

/** What a sequence is for, and how far that is reached. */
export const GoalView = z.object({
  key: z.string(),
  when: ConditionView,
  /** Contacts that reach it get nothing more. */
  ends: z.boolean(),
  /** How many have; null before a launch. */
  reached: z.number().int().nullable(),
});
export type GoalView = z.infer<typeof GoalView>;

/** An event of a contact from a partner's own systems. */
export const ContactEvent = z.strictObject({
  /** As a campaign names it: `trial-started`. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,59}$/, 'Use a lower-case letter first, then lower-case letters, digits and hyphens.'),
  /** The sender's own id: the same id is the same event. */
  externalId: z.string().min(1).max(120).optional(),
});
export const RecordedEvent = z.object({ isNew: z.boolean() });

/** The sequence of a version, with every way resolved to the key of a step. */
export const SequenceView = z.object({
  window: z.object({ from: z.string(), to: z.string(), weekdays: Weekdays }),
  quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** Dates by country; `all` applies to every contact. */
  holidays: z.record(z.string(), z.array(Day)),
  blackouts: z.array(DateRange),
  timeZone: z.string().nullable(),
  dailyLimit: z.number().int().nullable(),
  holdOutPercent: z.number().int().describe('of the contacts that get nothing; 0: none'),
  /**
   * Days after which who has been through may be enrolled again; null: never.
   */
  reentryAfterDays: z.number().int().nullable(),
  /** In the order of the file; without any in the file, the list at launch. */
  entries: z.array(EntryView),
  exits: z.array(ConditionView),
  goals: z.array(z.object({ key: z.string(), when: ConditionView, ends: z.boolean() })),
  steps: z.array(SequenceStepView),
});
export type SequenceView = z.infer<typeof SequenceView>;
