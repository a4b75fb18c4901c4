import { z } from 'zod';
import { isActionType, isChoiceType, STEP_TYPE_NAMES } from '#contracts';
import { isTimeZone } from '#kernel';
import { entrySchema } from './entry-definition.js';
import { givenName, stepKey } from './given-name.js';
import {
  type ActionRules,
  type Condition,
  CONTACT_FIELDS,
  type Goal,
  LEAD_STATES,
  type SendTime,
  type SequenceStep,
  type Wait,
  type Transition,
  WEEKDAYS,
} from './step.js';

/**
 * The sequence as an author writes it (`sequence:` in `campaign.yaml`): strict
 * schema, meaning.
 */

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time as "09:00".');
const date = z.iso.date('Write a date as "2026-12-24".');
const weekdays = z.array(z.enum(WEEKDAYS)).min(1);
const dateRange = z
  .strictObject({ from: date, to: date })
  .refine(({ from, to }) => from <= to, 'This ends before it begins.');

const ANY = 'any';
/** More arms than four split the contacts of a partner too far to find a difference. */
const MAX_ALTERNATIVES = 3;
/** A test compares at least two. */
const MIN_TIMES = 2;
/** A vendor keeps at most so many of a partner's contacts from the partner's campaign. */
const MAX_HOLD_OUT_PERCENT = 20;

const waitFields = z.strictObject({
  days: z.number().int().min(0).max(365).optional(),
  hours: z.number().int().min(0).max(8760).optional(),
  businessDays: z.number().int().min(1).max(250).optional(),
  until: date.optional(),
  at: timeOfDay.optional(),
  weekdays: weekdays.optional(),
});
const wait = waitFields.transform((given, context): Wait => {
  const { days, hours, businessDays, until, at } = given;
  const isDuration = days !== undefined || hours !== undefined;
  const forms = [isDuration, businessDays !== undefined, until !== undefined, given.weekdays !== undefined];
  const isOneForm = forms.filter(Boolean).length === 1;
  const atFits = at === undefined ? given.weekdays === undefined : until !== undefined || given.weekdays !== undefined;
  if (!isOneForm || !atFits)
    context.addIssue({
      code: 'custom',
      message: 'A wait has days and hours, or businessDays, or until with a date (and at), or weekdays with at.',
    });
  if (businessDays !== undefined) return { businessDays };
  if (until !== undefined) return { date: until, at: at ?? null };
  if (given.weekdays !== undefined) return { at: at ?? '00:00', weekdays: given.weekdays };
  const all = (days ?? 0) * 24 + (hours ?? 0);
  if (isDuration && all === 0)
    context.addIssue({ code: 'custom', message: 'A wait lasts at least an hour: give days or hours.' });
  return { hours: all };
});

const conditionFields = {
  click: z.string().min(1).max(60).optional(),
  form: z.string().min(1).max(60).optional(),
  reply: z.literal(true).optional(),
  event: givenName.optional(),
  lead: z.array(z.enum(LEAD_STATES)).min(1).optional(),
  list: z.string().trim().min(1).max(120).optional(),
  field: z.enum(CONTACT_FIELDS).optional(),
  is: z.array(z.string().min(1).max(120)).min(1).optional(),
  isNot: z.array(z.string().min(1).max(120)).min(1).optional(),
  date: date.optional(),
};
const CONDITIONS = ['click', 'form', 'reply', 'event', 'lead', 'list', 'field', 'date'] as const;
const conditionObject = z.strictObject(conditionFields);

function conditionOf(given: z.output<typeof conditionObject>, context: z.core.$RefinementCtx): Condition {
  const named = CONDITIONS.filter((name) => given[name] !== undefined);
  const complain = (message: string): void => void context.issues.push({ code: 'custom', message, input: given });
  if (named.length !== 1) complain(`A condition has exactly one of ${CONDITIONS.join(', ')}.`);
  const asksField = given.field !== undefined;
  const values = given.is ?? given.isNot;
  if (asksField ? (given.is === undefined) === (given.isNot === undefined) : values !== undefined)
    complain('A field is compared with is or with isNot, and nothing else is.');
  if (given.click !== undefined) return { on: 'click', link: given.click === ANY ? null : given.click };
  if (given.form !== undefined) return { on: 'form', page: given.form === ANY ? null : given.form };
  if (given.event !== undefined) return { on: 'event', name: given.event };
  if (given.lead !== undefined) return { on: 'lead', states: given.lead };
  if (given.list !== undefined) return { on: 'list', list: given.list };
  if (given.field !== undefined)
    return { on: 'field', field: given.field, values: values ?? [], isNot: given.isNot !== undefined };
  if (given.date !== undefined) return { on: 'date', date: given.date };
  return { on: 'reply' };
}

const transition = z
  .strictObject({ ...conditionFields, then: givenName.optional() })
  .transform(({ then, ...condition }, context): Transition => ({ when: conditionOf(condition, context), then }));
const transitions = z.array(transition).min(1).max(20);
const partnerMay = z.array(z.enum(['shift', 'skip']));
const sendTime = z
  .strictObject({ from: timeOfDay, to: timeOfDay, weekdays: weekdays.optional() })
  .refine(({ from, to }) => from < to, 'This time ends before it begins.');

const step = z
  .strictObject({
    key: stepKey,
    email: givenName.optional(),
    test: z.array(givenName).min(1).max(MAX_ALTERNATIVES).optional(),
    testTimes: z
      .array(sendTime)
      .min(MIN_TIMES)
      .max(MAX_ALTERNATIVES + 1)
      .optional(),
    post: givenName.optional(),
    notify: z.string().min(1).max(200).optional(),
    createLead: z.literal(true).optional(),
    webhook: givenName.optional(),
    wait: wait.optional(),
    until: transitions.optional(),
    within: wait.optional(),
    branch: transitions.optional(),
    next: givenName.optional(),
    else: givenName.optional(),
    valid: z
      .strictObject({ from: date.optional(), to: date.optional() })
      .refine(({ from, to }) => from === undefined || to === undefined || from <= to, 'This ends before it begins.')
      .optional(),
    partnerMay: partnerMay.optional(),
  })
  .transform((given, context): SequenceStep => {
    const kinds = STEP_TYPE_NAMES.filter((kind) => given[kind] !== undefined);
    const [kind = 'wait'] = kinds;
    const complain = (message: string): void => {
      context.addIssue({ code: 'custom', message });
    };
    if (kinds.length !== 1) complain(`A step has exactly one of ${STEP_TYPE_NAMES.join(', ')}.`);
    const isChoice = isChoiceType(kind);
    if (given.next !== undefined && isChoice)
      complain('Write "then" and "else" here: "next" is for actions and waits.');
    if (given.else !== undefined && !isChoice) complain('"else" is for until and branch; write "next" here.');
    if ((given.within !== undefined) !== (kind === 'until'))
      complain('An until, and nothing else, has "within": how long it waits before it takes "else".');
    if (given.test !== undefined && kind !== 'email') complain('"test" is for e-mails: it names the others.');
    if (given.testTimes !== undefined && kind !== 'email')
      complain('"testTimes" is for e-mails: it names the times at which they are sent.');
    if (given.test !== undefined && given.testTimes !== undefined)
      complain('A step tests e-mails or times, not both: keep "test" or "testTimes".');
    if (!isActionType(kind) && (given.valid !== undefined || given.partnerMay !== undefined))
      complain('"valid" and "partnerMay" are for actions.');
    return stepOf(given);
  });

type GivenStep = {
  [Name in 'key' | 'email' | 'post' | 'notify' | 'webhook' | 'next' | 'else']?: string | undefined;
} & {
  key: string;
  test?: string[] | undefined;
  testTimes?: SendTime[] | undefined;
  createLead?: true | undefined;
  wait?: Wait | undefined;
  within?: Wait | undefined;
} & {
  until?: Transition[] | undefined;
  branch?: Transition[] | undefined;
} & Pick<ActionRules, 'valid' | 'partnerMay'>;

/**
 * What is not written stays away, so that a plain step is what it always was.
 */
function stepOf(given: GivenStep): SequenceStep {
  const { key, next, valid, partnerMay: may } = given;
  const onward = next === undefined ? {} : { next };
  const otherwise = given.else === undefined ? {} : { else: given.else };
  const rules = {
    key,
    ...onward,
    ...(valid === undefined ? {} : { valid }),
    ...(may === undefined ? {} : { partnerMay: may }),
  };
  if (given.email !== undefined)
    return {
      ...rules,
      kind: 'email',
      email: given.email,
      ...(given.test === undefined ? {} : { test: given.test }),
      ...(given.testTimes === undefined ? {} : { testTimes: given.testTimes }),
    };
  if (given.post !== undefined) return { ...rules, kind: 'post', post: given.post };
  if (given.notify !== undefined) return { ...rules, kind: 'notify', notify: given.notify };
  if (given.createLead !== undefined) return { ...rules, kind: 'createLead' };
  if (given.webhook !== undefined) return { ...rules, kind: 'webhook', webhook: given.webhook };
  if (given.branch !== undefined) return { key, kind: 'branch', transitions: given.branch, ...otherwise };
  if (given.until !== undefined)
    return { key, kind: 'until', transitions: given.until, within: given.within ?? { hours: 1 }, ...otherwise };
  return { key, kind: 'wait', ...(given.wait ?? { hours: 1 }), ...onward };
}

const goal = z
  .strictObject({ key: stepKey, ...conditionFields, ends: z.boolean().default(true) })
  .transform(({ key, ends, ...condition }, context): Goal => ({ key, when: conditionOf(condition, context), ends }));
const exit = conditionObject.transform((given, context): Condition => conditionOf(given, context));

/**
 * `sequence:` of `campaign.yaml`.
 * Optional keys are missing in versions compiled before the key existed.
 */
export const sequenceSchema = z.strictObject({
  window: z
    .strictObject({ from: timeOfDay, to: timeOfDay, weekdays })
    .refine(({ from, to }) => from < to, 'The window ends before it begins.'),
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).optional(),
  /** Dates by country; `all` applies to every contact. */
  holidays: z
    .record(z.string().regex(/^(all|[A-Z]{2})$/, 'Write a country as "DE", or "all".'), z.array(date).max(400))
    .optional(),
  /** `send`: e-mails go out on public holidays of the contact's country, too. */
  publicHolidays: z.literal('send').optional(),
  blackouts: z.array(dateRange).max(40).optional(),
  /**
   * The vendor's zone, if zone and country of the contact and the partner's
   * zone are unknown.
   */
  timeZone: z.string().max(60).refine(isTimeZone, 'Write a time zone as "Europe/Berlin".').optional(),
  /** E-mails of this campaign per partner and day (UTC); the others wait. */
  dailyLimit: z.number().int().min(1).max(1_000_000).optional(),
  partnerMay: partnerMay.optional(),
  /** The share of contacts that gets nothing, so that the effect can be measured. Absent: none. */
  holdOut: z.strictObject({ percent: z.number().int().min(1).max(MAX_HOLD_OUT_PERCENT) }).optional(),
  /** After how many days a contact may be enrolled again. Absent: never. */
  reentry: z.strictObject({ afterDays: z.number().int().min(1).max(1825) }).optional(),
  /**
   * What ends an enrolment.
   * Absent: a reply, a lead or a won deal, in any campaign of the partner.
   * Opt-outs, bounces and complaints always end it.
   */
  exits: z.array(exit).max(20).optional(),
  goals: z.array(goal).max(20).optional(),
  /** Absent: the contacts of the list enter at launch, at the first step. */
  entries: z.array(entrySchema).min(1).max(20).optional(),
  /** None: the campaign sends nothing, and its page, documents and posts are used alone. */
  steps: z.array(step).max(60),
});

export type SequenceDefinition = z.output<typeof sequenceSchema>;
