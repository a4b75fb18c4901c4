import { z } from 'zod';
import { CONTACT_DATES, ENTRY_KINDS } from '#contracts';
import { givenName, stepKey } from './given-name.js';
import { CONTACT_FIELDS, type Entry, type EntryTrigger, LEAD_STATES } from './step.js';

/** `sequence.entries` as an author writes it: strict schema, meaning. */

const ANY = 'any';
const days = z.number().int().min(1).max(365);
const values = z.array(z.string().min(1).max(120)).min(1).max(50);

const triggerFields = z.strictObject({
  launch: z.literal(true).optional(),
  joined: z.literal(true).optional(),
  form: z.string().min(1).max(60).optional(),
  document: z.string().min(1).max(60).optional(),
  event: givenName.optional(),
  lead: z.array(z.enum(LEAD_STATES)).min(1).optional(),
  field: z.enum(CONTACT_FIELDS).optional(),
  is: values.optional(),
  isNot: values.optional(),
  date: z.enum(CONTACT_DATES).optional(),
  daysBefore: days.optional(),
  daysAfter: days.optional(),
});

function triggerOf(given: z.output<typeof triggerFields>, context: z.core.$RefinementCtx): EntryTrigger {
  const named = ENTRY_KINDS.filter((name) => given[name] !== undefined);
  const complain = (message: string): void => void context.issues.push({ code: 'custom', message, input: given });
  if (named.length !== 1) complain(`An entry has exactly one of ${ENTRY_KINDS.join(', ')}.`);
  const compared = given.is ?? given.isNot;
  if (given.field === undefined ? compared !== undefined : (given.is === undefined) === (given.isNot === undefined))
    complain('A field is compared with is or with isNot, and nothing else is.');
  const { daysBefore, daysAfter } = given;
  if (
    given.date === undefined
      ? (daysBefore ?? daysAfter) !== undefined
      : daysBefore !== undefined && daysAfter !== undefined
  )
    complain('A date has daysBefore, or daysAfter, or neither for the day itself, and nothing else has them.');
  if (given.date !== undefined)
    return { on: 'date', field: given.date, days: daysAfter ?? (daysBefore === undefined ? 0 : -daysBefore) };
  if (given.joined !== undefined) return { on: 'joined' };
  if (given.form !== undefined) return { on: 'form', page: given.form === ANY ? null : given.form };
  if (given.document !== undefined) return { on: 'document', document: given.document === ANY ? null : given.document };
  if (given.event !== undefined) return { on: 'event', name: given.event };
  if (given.lead !== undefined) return { on: 'lead', states: given.lead };
  if (given.field !== undefined)
    return { on: 'field', field: given.field, values: compared ?? [], isNot: given.isNot !== undefined };
  return { on: 'launch' };
}

export const entrySchema = z
  .strictObject({
    key: stepKey,
    ...triggerFields.shape,
    start: givenName,
    reentry: z.strictObject({ afterDays: z.number().int().min(1).max(1825) }).optional(),
    consent: z.enum(['given', 'confirmed']).optional(),
  })
  .transform(({ key, start, reentry, consent, ...trigger }, context): Entry => {
    const when = triggerOf(trigger, context);
    if (when.on === 'launch' && (reentry !== undefined || consent !== undefined))
      context.addIssue({
        code: 'custom',
        message:
          'The list at launch follows "reentry" of the sequence, and each e-mail checks the consent: leave both out.',
      });
    return {
      key,
      when,
      start,
      ...(reentry === undefined ? {} : { reentry }),
      ...(consent === 'confirmed' ? { consent } : {}),
    };
  });
