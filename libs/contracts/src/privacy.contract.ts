import { z } from 'zod';
import { EditVersion } from './edit-version.contract.js';
import { DisclosedField, DisclosureAnswer } from './lead.contract.js';

/**
 * Limits of the retention periods of personal data; no setting can exceed them.
 */
export const RETENTION_LIMITS = {
  inactiveContactMonths: { min: 6, max: 84, otherwise: 36 },
  importReportDays: { min: 7, max: 365, otherwise: 90 },
} as const;

const within = ({ min, max }: { min: number; max: number }) => z.number().int().min(min).max(max);

export const Retention = z.strictObject({
  inactiveContactMonths: within(RETENTION_LIMITS.inactiveContactMonths).describe(
    'a contact without any activity, message or record for this time is removed',
  ),
  importReportDays: within(RETENTION_LIMITS.importReportDays).describe(
    'how long the rows that an import did not take stay readable',
  ),
});
export type Retention = z.infer<typeof Retention>;
export const StoredRetention = Retention.extend({ version: EditVersion });
export type StoredRetention = z.infer<typeof StoredRetention>;

/**
 * What would be deleted now and in thirty days, and what the last run deleted.
 */
export const RetentionQuery = z.object({
  inactiveContactMonths: z.coerce.number().pipe(within(RETENTION_LIMITS.inactiveContactMonths)).optional(),
  importReportDays: z.coerce.number().pipe(within(RETENTION_LIMITS.importReportDays)).optional(),
});
/** Up to `most`; there may be more where it is reached. */
const Going = z.object({ contacts: z.number().int(), importRows: z.number().int() });
export const RetentionOutlook = z.object({
  /** With the periods that were asked for, or those that hold. */
  nextRunAt: z.iso.datetime(),
  atNextRun: Going,
  /** From now, those of the next run among them. */
  withinThirtyDays: Going,
  /** Beyond this nothing is counted. */
  most: z.number().int(),
  /** Null before the first. */
  lastRun: Going.extend({ at: z.iso.datetime() }).nullable(),
});
export type RetentionOutlook = z.infer<typeof RetentionOutlook>;

/**
 * Whether an opt-in by a form must be confirmed by mail, and in which
 * countries.
 */
export const ConsentRule = z.strictObject({
  doubleOptIn: z.boolean(),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'Name countries by their codes (ISO 3166-1), such as DE.'))
    .max(60)
    .default([])
    .describe('only there, and for who names no country; empty: everywhere'),
});
export type ConsentRule = z.output<typeof ConsentRule>;
export const StoredConsentRule = ConsentRule.extend({ version: EditVersion });
export type StoredConsentRule = z.output<typeof StoredConsentRule>;

const Row = z.record(z.string(), z.unknown());

/**
 * Everything that a partner stores about a person, for that person (GDPR,
 * articles 15 and 20).
 */
export const DataSubjectExport = z.object({
  madeAt: z.iso.datetime(),
  contact: Row,
  lists: z.array(z.string()),
  consent: z.array(Row),
  optIns: z.array(Row).describe('when the person was asked to confirm an opt-in, and did'),
  suppression: Row.nullable(),
  wishes: z.object({ atMostEveryDays: z.number().int().nullable(), refusedTopics: z.array(z.string()) }),
  decisions: z.array(Row).describe('what was decided about each mail, and why'),
  messages: z.array(Row).describe('`testArm`: the e-mail or time that a test has drawn for it; null: none'),
  holdOuts: z
    .array(Row)
    .describe(
      'the group that a hold-out drew for the person: `with-campaign`, or `held-out`, which gets nothing of it',
    ),
  tests: z.array(Row).describe('the e-mail or time of a test that was drawn for the person, also before it was sent'),
  reports: z.array(Row).describe('what came back about messages'),
  interactions: z.array(Row).describe('what the person did'),
  events: z.array(Row).describe('what was told of the person by other systems, and states of its lead'),
  leads: z.array(Row),
  deals: z.array(Row).describe('what the person may buy, or has bought'),
  disclosures: z
    .array(
      z.object({
        id: z.uuid(),
        vendor: z.string(),
        fields: z.array(DisclosedField),
        purpose: z.string(),
        /** The copy for the vendor; null once revoked. */
        person: Row.nullable(),
        disclosedBy: z.string(),
        disclosedAt: z.iso.datetime(),
        revokedAt: z.iso.datetime().nullable(),
        answers: z.array(DisclosureAnswer),
      }),
    )
    .describe('what was shared, with which vendor and why, and what the vendor answered'),
});
export type DataSubjectExport = z.infer<typeof DataSubjectExport>;
