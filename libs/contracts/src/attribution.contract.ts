import { z } from 'zod';
import { InsightQuery } from './insight.contract.js';
import { Amount } from './amount.contract.js';
import { pageOf } from './page.contract.js';
import { SOURCES } from './source.js';
import { StepName } from './step-name.contract.js';
import { Titles } from './titles.contract.js';
import { TableForm } from './user-language.js';

const Day = z.iso.date();
const Instant = z.iso.datetime();
const MinorUnits = z.number().int();

/** How a deal is divided among the touches of its person, from the simplest model on. */
export const ATTRIBUTION_MODELS = [
  'first',
  'last',
  'linear',
  'u-shaped',
  'w-shaped',
  'time-decay',
  'markov',
  'shapley',
] as const;
const Model = z.enum(ATTRIBUTION_MODELS);
export type AttributionModelName = z.infer<typeof Model>;

export const HALF_LIFE_DAYS = 7;
const HalfLifeDays = z.coerce
  .number()
  .int()
  .min(1)
  .max(365)
  .default(HALF_LIFE_DAYS)
  .describe('of time decay: a touch weighs half as much as one that came so many days later');

export const AttributionQuery = InsightQuery.extend({ halfLifeDays: HalfLifeDays });
export const AttributionTableQuery = AttributionQuery.extend(TableForm.shape);

/** What is credited: a step of a campaign, or what led to its page. */
const Channel = z.object({
  id: z.string().describe('the same in every report'),
  campaignId: z.uuid(),
  title: z.string(),
  titles: Titles,
  stepKey: z.string().nullable().describe('null: no step'),
  name: StepName.nullable().describe('of the step in the version launched last; null: it has none'),
  source: z.enum(SOURCES).nullable().describe('what led to the page; null: a step'),
});
export type AttributionChannel = z.infer<typeof Channel>;

/** The last events that were counted. */
const LedgerPosition = z.object({
  dealEventId: z.uuid().nullable().describe('the last change of a deal; null: none'),
  dealEventAt: Instant.nullable().describe('null: none, or a report from before it was kept'),
  interactionId: z.uuid().nullable().describe('the last interaction of a contact; null: none'),
  interactionAt: Instant.nullable().describe('null: none, or a report from before it was kept'),
  verdictAt: Instant.nullable().describe('the last verdict about a click that changed'),
});

/** Won deals of a window, by the day of the decision, less refunds. */
export const AttributionTable = z.object({
  from: Day,
  to: Day,
  halfLifeDays: z.number().int(),
  modelsVersion: z.number().int().describe('another one may divide the same path in another way'),
  models: z.array(Model),
  paths: z
    .object({ converted: z.number().int(), lost: z.number().int() })
    .describe('people with at least one touch, with and without a won deal: what markov and shapley learn from'),
  currencies: z.array(
    z.object({
      currency: z.string(),
      deals: z.number().int(),
      wonMinor: MinorUnits.describe('sum of the deals; each model’s credits and `uncreditedMinor` add up to it'),
      uncreditedMinor: MinorUnits.describe('of deals whose person had no touch before'),
      rows: z.array(z.object({ channel: Channel, creditsMinor: z.record(Model, MinorUnits).describe('by model') })),
    }),
  ),
  position: LedgerPosition,
});
export type AttributionTable = z.infer<typeof AttributionTable>;

const CreditReason = z.enum([
  'first-touch',
  'last-touch',
  'only-touch',
  'same-for-each',
  'lead-touch',
  'between',
  'time-before-close',
  'removal-effect',
  'shapley-value',
]);

/** Why each touch of a deal has its credit. */
export const DealAttribution = z.object({
  dealId: z.uuid(),
  amount: Amount.nullable(),
  refundedMinor: MinorUnits,
  halfLifeDays: z.number().int(),
  touches: z
    .array(
      z.object({
        id: z.uuid(),
        at: Instant,
        kind: z.enum(['click', 'form', 'document', 'reply']),
        channel: Channel,
        credits: z.array(
          z.object({
            model: Model,
            creditMinor: MinorUnits,
            share: z.number().describe('of the deal, 0 to 1'),
            reason: CreditReason,
            value: z
              .number()
              .nullable()
              .describe('of the channel: removal effect or Shapley value; null: another model'),
          }),
        ),
      }),
    )
    .describe('in the order of time, up to the end of the day on which the deal closed (UTC); empty: no touch'),
});
export type DealAttribution = z.infer<typeof DealAttribution>;

/** The table of the same days, or period, as `AttributionQuery`. */
export const NewAttributionReport = z.strictObject({
  ...InsightQuery.shape,
  halfLifeDays: z.number().int().min(1).max(365).default(HALF_LIFE_DAYS),
});

/** A table that never changes. */
export const AttributionReport = z.object({
  id: z.uuid(),
  by: z.string(),
  at: Instant,
  table: AttributionTable,
});
export type AttributionReport = z.infer<typeof AttributionReport>;
export const AttributionReports = pageOf(AttributionReport.omit({ table: true }).extend({ from: Day, to: Day }));
