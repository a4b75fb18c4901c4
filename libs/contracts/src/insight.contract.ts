import { z } from 'zod';
import { StepName } from './step-name.contract.js';
import { GoalView } from './sequence.contract.js';
import { ARTWORK_TYPES } from './tactic-type.js';

const Count = z.number().int();
/** A day in UTC: `2026-11-17`. */
const Day = z.iso.date();
/** Between 0 and 1, to three decimals. */
const Share = z.number().min(0);

/** Days in UTC, both included. Left out: the four weeks up to today. At most 400 days. */
export const InsightQuery = z.object({ from: Day.optional(), to: Day.optional() });

/**
 * What came of messages. A message counts on the day of its hand-over, whatever becomes of it later, so `sent = delivered + bounced` in
 * every window; everything else counts on its own day.
 */
export const InsightNumbers = z.object({
  sent: Count,
  /** Taken by the relay and not come back. */
  delivered: Count,
  bounced: z.object({ hard: Count, soft: Count, block: Count, unknown: Count }),
  /** Refused by the relay, or not fit to be handed over. */
  failed: Count,
  complained: Count,
  unsubscribed: Count,
  /** By people. */
  clicks: Count,
  machineClicks: Count,
  replies: Count,
  leads: Count,
  won: Count,
});
export type InsightNumbers = z.infer<typeof InsightNumbers>;

/** Of what was sent (bounces) or delivered (everything else). */
export const InsightRates = z.object({
  bounced: Share,
  complained: Share,
  unsubscribed: Share,
  clicks: Share,
  leads: Share,
  won: Share,
});
export type InsightRates = z.infer<typeof InsightRates>;

const Window = z.object({ from: Day, to: Day });
const DayNumbers = z.object({ on: Day, numbers: InsightNumbers });

const CampaignNumbers = z.object({
  campaignId: z.uuid(),
  title: z.string(),
  numbers: InsightNumbers,
  /** Null while nothing was sent. */
  rates: InsightRates.nullable(),
});

/** A partner's own numbers; every day of the window stands in `days`. */
export const PartnerInsight = Window.extend({
  numbers: InsightNumbers,
  rates: InsightRates.nullable(),
  days: z.array(DayNumbers),
  campaigns: z.array(CampaignNumbers),
});
export type PartnerInsight = z.infer<typeof PartnerInsight>;

/** Which variant of a step a recipient got: the language, and the conditions that held. */
export const VariantView = z.object({
  /** As tables have it: `de; industry=finance|insurance & country=DE`. Empty where it was not recorded, as before there was such a record. */
  variant: z.string(),
  locale: z.string().nullable(),
  /** Each as the version has it, all of which held; `#` and a hash in place of more than can be named. */
  conditions: z.array(z.string()),
});
export type VariantView = z.infer<typeof VariantView>;

const OverTime = z.object({
  numbers: InsightNumbers,
  rates: InsightRates.nullable(),
  /** Those on which anything was counted. */
  days: z.array(DayNumbers),
});

/**
 * Where a partner stands beside its group, over the whole weeks of the window that are over; `to` before `from` where none is. The group is the
 * smallest of the partner's own of which a median may be shown; who is in none stands beside the others in none.
 */
export const PartnerComparison = Window.extend({
  /** What the vendor's rule asks for: empty lists ask for nothing. Null: partners in no group. */
  group: z
    .object({
      tiers: z.array(z.string()),
      regions: z.array(z.string()),
      countries: z.array(z.string()),
      /** The vendor chose them one by one. */
      isHandPicked: z.boolean(),
    })
    .nullable(),
  /** The partner's own, in the same weeks; null while it sent nothing. */
  own: InsightRates.nullable(),
  /** Null where fewer than ten of the group sent this campaign, or where another group's median would give single ones away. */
  median: InsightRates.nullable(),
});
export type PartnerComparison = z.infer<typeof PartnerComparison>;

export const PartnerCampaignInsight = Window.extend({
  ...CampaignNumbers.shape,
  days: z.array(DayNumbers),
  names: z
    .array(StepName)
    .describe('what the steps of the version launched last are called; an earlier one may have had others'),
  /** In the order of the sequence's first messages; an empty key is what belongs to no step. Variants add up to their step. */
  steps: z.array(OverTime.extend({ stepKey: z.string(), variants: z.array(OverTime.extend(VariantView.shape)) })),
  comparison: PartnerComparison,
  /** Of the version that was launched last, and how many people reached them in the window. */
  goals: z.array(GoalView),
});
export type PartnerCampaignInsight = z.infer<typeof PartnerCampaignInsight>;

/** Of how many partners; null where that would tell of fewer than five. It moves by five or more at a time, when a week is over. */
const Partners = Count.nullable();

/** A variant of a step in the weeks in which five partners or more sent it; sums of those. */
const VendorPart = VariantView.extend({
  /** Empty for what belongs to no step. */
  stepKey: z.string(),
  numbers: InsightNumbers,
  weeks: z.array(z.object({ startsOn: Day, numbers: InsightNumbers })),
});

export const VendorCampaignInsight = z.object({
  campaignId: z.uuid(),
  title: z.string(),
  funnel: z.object({
    /** To the programme, whether they have joined or not, or left since. */
    invited: Partners,
    brandComplete: Partners,
    launched: Partners,
    /** Of this campaign, like `won`. */
    firstLead: Partners,
    won: Partners,
  }),
  /** The sum of the weeks that are shown. */
  numbers: InsightNumbers,
  /** Whole weeks from Monday, in UTC; null where fewer than five partners took part. */
  weeks: z.array(z.object({ startsOn: Day, partners: Count.nullable(), numbers: InsightNumbers.nullable() })),
  /** What `numbers` is made of, but for `rest`. */
  parts: z.array(VendorPart),
  /** All other steps and variants together, in the weeks that are shown. */
  rest: z.object({ numbers: InsightNumbers, weeks: z.array(z.object({ startsOn: Day, numbers: InsightNumbers })) }),
});
export type VendorCampaignInsight = z.infer<typeof VendorCampaignInsight>;

/**
 * What came of a vendor's campaigns, without anybody in it. The window is widened to whole weeks and ends with the last week that is over.
 * What is shown is made of single weeks of single campaigns in which five partners or more took part, of steps and variants in them that five or
 * more sent, and of sums of those; so no two answers differ by fewer.
 */
export const VendorInsight = Window.extend({
  smallestGroup: Count,
  numbers: InsightNumbers,
  /** How many weeks of campaigns are left out of all sums, because too few partners took part. */
  withheldWeeks: Count,
  campaigns: z.array(VendorCampaignInsight),
});
export type VendorInsight = z.infer<typeof VendorInsight>;

/** How many partners of those that launched a campaign used what is in it, as things stood when the last week ended. Each number moves by five or more. */
export const VendorUse = z.object({
  asOf: Day,
  campaigns: z.array(
    z.object({
      campaignId: z.uuid(),
      title: z.string(),
      /** Those that are counted; null where they are too few, then so is everything below. */
      launched: Partners,
      /** In the order of the newest published version; with words of the partner's own. */
      slots: z.array(z.object({ name: z.string(), label: z.string(), partners: Partners })),
      /** Taken away from the portal or by the API. */
      assets: z.array(
        z.object({ kind: z.enum(ARTWORK_TYPES), key: z.string(), title: z.string(), partners: Partners }),
      ),
    }),
  ),
});
export type VendorUse = z.infer<typeof VendorUse>;
