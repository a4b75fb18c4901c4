import { z } from 'zod';
import { StepName } from './step-name.contract.js';
import { GoalView } from './sequence.contract.js';
import { ARTWORK_TYPES } from './tactic-type.js';

const Count = z.number().int();
/** A day in UTC: `2026-11-17`. */
const Day = z.iso.date();
/** Between 0 and 1, to three decimals. */
const Share = z.number().min(0);

/**
 * Days in UTC, both included.
 * Absent: the four weeks up to today.
 * At most 400 days.
 */
export const InsightQuery = z.object({ from: Day.optional(), to: Day.optional() });

/**
 * Results of messages.
 * A message counts on the day of its submission, whatever its later state.
 * So `sent = delivered + bounced` in every window.
 * All else counts on its own day.
 */
export const InsightNumbers = z.object({
  sent: Count,
  /** Accepted by the relay and not returned. */
  delivered: Count,
  bounced: z.object({ hard: Count, soft: Count, block: Count, unknown: Count }),
  /** Refused by the relay, or not valid for submission. */
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

/** A partner's own numbers; `days` has every day of the window. */
export const PartnerInsight = Window.extend({
  numbers: InsightNumbers,
  rates: InsightRates.nullable(),
  days: z.array(DayNumbers),
  campaigns: z.array(CampaignNumbers),
});
export type PartnerInsight = z.infer<typeof PartnerInsight>;

/**
 * A recipient's variant of a step: the language, and the conditions that were
 * true.
 */
export const VariantView = z.object({
  /**
   * As in tables: `de; industry=finance|insurance & country=DE`.
   * Empty if not recorded, as in older messages.
   */
  variant: z.string(),
  locale: z.string().nullable(),
  /**
   * Conditions as in the version, all of which were true.
   * `#` and a hash replace those that are too many to name.
   */
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
 * A partner compared with its group, over the whole past weeks of the window.
 * `to` is before `from` if there are none.
 * The group is the smallest of the partner's groups that may show a median.
 * A partner without such a group is compared with other partners without one.
 */
export const PartnerComparison = Window.extend({
  /**
   * Criteria of the vendor's rule; empty lists do not filter.
   * Null: partners in no group.
   */
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
  /**
   * Null if fewer than ten of the group sent this campaign.
   * Also null if another group's median would reveal single partners.
   */
  median: InsightRates.nullable(),
});
export type PartnerComparison = z.infer<typeof PartnerComparison>;

export const PartnerCampaignInsight = Window.extend({
  ...CampaignNumbers.shape,
  days: z.array(DayNumbers),
  names: z
    .array(StepName)
    .describe('what the steps of the version launched last are called; an earlier one may have had others'),
  /**
   * In the order of the sequence's first messages; an empty key: no step.
   * Variants add up to their step.
   */
  steps: z.array(OverTime.extend({ stepKey: z.string(), variants: z.array(OverTime.extend(VariantView.shape)) })),
  comparison: PartnerComparison,
  /**
   * Goals of the version launched last, and how many contacts reached them in
   * the window.
   */
  goals: z.array(GoalView),
});
export type PartnerCampaignInsight = z.infer<typeof PartnerCampaignInsight>;

/**
 * The number of partners; null if it would reveal fewer than five.
 * It changes by five or more at a time, at the end of a week.
 */
const Partners = Count.nullable();

/**
 * A variant of a step: sums over weeks in which five partners or more sent it.
 */
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
  /**
   * Whole weeks from Monday, in UTC; null if fewer than five partners took
   * part.
   */
  weeks: z.array(z.object({ startsOn: Day, partners: Count.nullable(), numbers: InsightNumbers.nullable() })),
  /** What `numbers` is made of, but for `rest`. */
  parts: z.array(VendorPart),
  /** All other steps and variants together, in the weeks that are shown. */
  rest: z.object({ numbers: InsightNumbers, weeks: z.array(z.object({ startsOn: Day, numbers: InsightNumbers })) }),
});
export type VendorCampaignInsight = z.infer<typeof VendorCampaignInsight>;

/**
 * Results of a vendor's campaigns, without individual contacts. The window is
 * widened to whole weeks and ends with the last complete week. It sums single
 * weeks of single campaigns with five partners or more, and steps and variants
 * that five or more sent. So no two answers differ by fewer than five.
 */
export const VendorInsight = Window.extend({
  smallestGroup: Count,
  numbers: InsightNumbers,
  /**
   * Campaign-weeks left out of all sums, because too few partners took part.
   */
  withheldWeeks: Count,
  campaigns: z.array(VendorCampaignInsight),
});
export type VendorInsight = z.infer<typeof VendorInsight>;

/**
 * How many of the launching partners used each part of a campaign, at the end
 * of last week. Each number changes by five or more.
 */
export const VendorUse = z.object({
  asOf: Day,
  campaigns: z.array(
    z.object({
      campaignId: z.uuid(),
      title: z.string(),
      /**
       * Partners counted; null if too few, and then all counts below are null.
       */
      launched: Partners,
      /**
       * Slots with texts of the partner's own, in the order of the newest
       * published version.
       */
      slots: z.array(z.object({ name: z.string(), label: z.string(), partners: Partners })),
      /** Downloaded in the portal or by the API. */
      assets: z.array(
        z.object({ kind: z.enum(ARTWORK_TYPES), key: z.string(), title: z.string(), partners: Partners }),
      ),
    }),
  ),
});
export type VendorUse = z.infer<typeof VendorUse>;
