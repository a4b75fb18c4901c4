import { z } from 'zod';

/** How long things about people are kept; outside these limits nobody may go. */
export const RETENTION_LIMITS = {
  quietContactMonths: { min: 6, max: 84, otherwise: 36 },
  importReportDays: { min: 7, max: 365, otherwise: 90 },
} as const;

const within = ({ min, max }: { min: number; max: number }) => z.number().int().min(min).max(max);

export const Retention = z.strictObject({
  quietContactMonths: within(RETENTION_LIMITS.quietContactMonths).describe(
    'a contact of whom nothing was heard, to whom nothing was sent and of whom nothing was recorded for so long is removed',
  ),
  importReportDays: within(RETENTION_LIMITS.importReportDays).describe(
    'how long the rows that an import did not take stay readable',
  ),
});
export type Retention = z.infer<typeof Retention>;

/** Whether an opt-in by a form waits until the person has confirmed it from their mailbox. */
export const ConsentRule = z.strictObject({ doubleOptIn: z.boolean() });

const Row = z.record(z.string(), z.unknown());

/** Everything that a partner holds about a person, for the person (GDPR, articles 15 and 20). */
export const PersonFile = z.object({
  madeAt: z.iso.datetime(),
  contact: Row,
  lists: z.array(z.string()),
  consent: z.array(Row),
  optIns: z.array(Row).describe('when the person was asked to confirm an opt-in, and did'),
  suppression: Row.nullable(),
  wishes: z.object({ atMostEveryDays: z.number().int().nullable(), refusedTopics: z.array(z.string()) }),
  decisions: z.array(Row).describe('what was decided about each mail, and why'),
  messages: z.array(Row),
  reports: z.array(Row).describe('what came back about messages'),
  touches: z.array(Row).describe('what the person did'),
  events: z.array(Row).describe('what was told of the person by other systems, and states of its lead'),
  leads: z.array(Row),
  disclosures: z.array(Row).describe('what was shared with a vendor, to whom and why'),
});
export type PersonFile = z.infer<typeof PersonFile>;
