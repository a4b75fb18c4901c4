import { z } from 'zod';

const Count = z.number().int().nonnegative();
const Day = z.iso.date();
const Titles = z.record(z.string(), z.string()).describe('by language');

/** A number of partners or campaigns, as lists show them. Exact. */
const ProgrammeFigure = z.object({
  name: z.enum(['partners', 'partnersRunning', 'campaignsRunning']),
  value: Count,
  before: Count.describe('four weeks earlier'),
  points: z.array(z.object({ on: Day, value: Count })).describe('a week apart, the last one is of now'),
});
export type ProgrammeFigure = z.infer<typeof ProgrammeFigure>;

/** A number about e-mails or people, from releases. */
const ReleasedFigure = z.object({
  name: z.enum(['sent', 'clicked', 'leads']),
  value: Count.nullable().describe('of four weeks; null: nothing is released yet, or it is below `smallest`'),
  before: Count.nullable().describe('of the four weeks before; null as `value`'),
  margin: Count.nullable().describe('95 of 100 exact numbers are within it; null: nothing is released yet'),
  smallest: Count.nullable(),
  asOf: Day.nullable().describe('the last day that is counted; null: nothing is released yet'),
  points: z.array(z.object({ on: Day, value: Count.nullable() })).describe('by the first day, oldest first'),
});
export type ReleasedFigure = z.infer<typeof ReleasedFigure>;

/** Won amounts since the start, less refunds: the total of returns. */
const WonFigure = z.object({
  amounts: z
    .array(z.object({ minorUnits: z.int(), currency: z.string() }))
    .describe('of partners that show their totals, and sums of partners without names; by currency'),
  showing: Count.describe('partners that show their totals'),
  until: Day.nullable().describe('the last day of the sums without names; null: there is none yet'),
  before: z.int().nullable().describe('four weeks earlier; null: there is no course'),
  points: z
    .array(z.object({ on: Day, minorUnits: z.int() }))
    .describe(
      'a week apart, the last one is of now; empty: several currencies, or a partner shows its totals since the start only',
    ),
});
export type WonFigure = z.infer<typeof WonFigure>;

/** Why a vendor may want to talk to a partner. */
const CARE_KINDS = ['silent-invitation', 'never-launched', 'ended-launches', 'sending', 'tier-drop'] as const;
export type CareKind = (typeof CARE_KINDS)[number];

const PartnerCare = z.object({
  kind: z.enum(CARE_KINDS),
  count: Count,
  partners: z
    .array(
      z.object({
        partnerId: z.uuid(),
        name: z.string(),
        on: Day.nullable().describe(
          'invited, joined or last campaign ended on this day; of a tier: its last day; null: sending',
        ),
      }),
    )
    .describe('the first five'),
});
export type PartnerCare = z.infer<typeof PartnerCare>;

const RunningCampaign = z.object({
  campaignId: z.uuid(),
  number: z.number().int().describe('of the newest published version'),
  title: Titles,
  opensOn: Day,
  closesOn: Day.describe('the last day on which partners can launch it'),
  areLaunchesStopped: z.boolean(),
  partnersRunning: Count.describe('of the partners that you see'),
  hasExperiment: z
    .boolean()
    .describe('tests e-mails against each other, or has a hold-out; false for a role that may not see results'),
});
export type RunningCampaign = z.infer<typeof RunningCampaign>;

/** The home of a vendor's person. A channel manager gets all of it about their own partners. */
export const VendorHome = z.object({
  asOf: z.iso.datetime(),
  figures: z.array(ProgrammeFigure),
  won: WonFigure.nullable().describe('null: the role may not see results; it has `campaignsRunning` in its place'),
  released: z.array(ReleasedFigure).describe('empty for a role that may not see results'),
  nextReleaseOn: Day.nullable().describe('null: the role may not see results'),
  campaigns: z.object({
    count: Count,
    items: z.array(RunningCampaign).describe('published ones that partners can launch or run; the first ten to close'),
  }),
  care: z.array(PartnerCare).describe('reasons that concern at least one partner'),
});
export type VendorHome = z.infer<typeof VendorHome>;
