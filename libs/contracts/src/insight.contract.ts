import { z } from 'zod';
import type { CampaignId } from '#kernel';
import { idSchema } from './id.js';
import { StepName } from './step-name.contract.js';
import { GoalView, SendTimeView } from './sequence.contract.js';
import { ARTWORK_TYPES } from './tactic-type.js';
import { Titles } from './titles.contract.js';
import { TableForm } from './user-language.js';
import { SOURCES } from './source.js';

const Count = z.number().int();
/** A day in UTC: `2026-11-17`. */
const Day = z.iso.date();
/** Between 0 and 1, to three decimals. */
const Share = z.number().min(0);

/**
 * Periods up to today: `quarter` and `year` from their first day, `start` from a vendor’s first publication, or a
 * partner’s first launch, closed deal or cost. Deals and costs of ten years before they were entered are left out.
 */
export const INSIGHT_PERIODS = ['4-weeks', '12-weeks', 'quarter', 'year', 'start'] as const;

/**
 * Days in UTC, both included, at most 400, or the name of a period.
 * Absent: a partner's four weeks up to today, a vendor's twelve.
 * Today is in UTC, or in the time zone of the partner if tomorrow has begun there: a deal closes on a day of its
 * partner's calendar, and everything else is counted by days in UTC.
 */
export const InsightQuery = z.object({
  from: Day.optional(),
  to: Day.optional(),
  period: z
    .enum(INSIGHT_PERIODS)
    .optional()
    .describe('instead of days; up to today in UTC, for a partner also in its time zone where tomorrow has begun'),
});

/** What charts over time explain: publications, launches, updates and recalls. */
export const TimelineMarks = z.object({
  leftOut: z.number().int().describe('older ones in the period'),
  /** Oldest first, the newest 40. */
  items: z.array(
    z.object({
      /** In UTC. */
      on: Day,
      kind: z.enum(['published', 'launched', 'updated', 'recalled']),
      campaignId: z.uuid(),
      title: z.record(z.string(), z.string()).describe('by language'),
      number: z.number().int().nullable().describe('of the version; null: of several, or not known'),
      partners: z
        .number()
        .int()
        .nullable()
        .describe(
          'that launched it for the first time in this week, Monday to Sunday; null: not a launch, or the partner’s own',
        ),
    }),
  ),
});
export type TimelineMarks = z.infer<typeof TimelineMarks>;
export const TimelineMarksQuery = z.object({ from: Day, to: Day, campaign: z.uuid().optional() });

export const InsightTableQuery = InsightQuery.extend(TableForm.shape);
const OneCampaign = { campaign: idSchema<CampaignId>().optional().describe('rows of this one alone; absent: of all') };
/** A table whose rows are of campaigns. */
export const CampaignTableQuery = InsightTableQuery.extend(OneCampaign);
export const CampaignStateTableQuery = TableForm.extend(OneCampaign);
/** `q`: what the title of a campaign contains. */
export const CampaignSumsQuery = InsightTableQuery.extend({ q: z.string().max(100).optional() });

/**
 * Results of messages.
 * A message counts on the day of its submission, whatever its later state.
 * So `sent = delivered + bounced` in every window.
 * A won deal counts on the day it closed, as its amount does. All else counts on its own day.
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

/** At or above `from`, below `to`. */
const Band = z.object({ from: Share, to: Share });

/** Medians, in bands of five percentage points; of leads and won, of one. */
export const RateBands = z.object({
  bounced: Band,
  complained: Band,
  unsubscribed: Band,
  clicks: Band,
  leads: Band,
  won: Band,
});
export type RateBands = z.infer<typeof RateBands>;

const Window = z.object({ from: Day, to: Day });
/** In windows of more than 62 days, `days` has one point a week: its Monday. */
const ChartWindow = Window.extend({ interval: z.enum(['day', 'week']) });
const DayNumbers = z.object({ on: Day, numbers: InsightNumbers });

const Amounts = z
  .array(z.object({ minorUnits: Count, currency: z.string() }))
  .describe('sum of the won deals with an amount, by currency, in its smallest unit; each on the day it closed');

/** Each person once, so the people of parts may add up to more. */
const Clicked = Count.describe('people who clicked, each once in the period');

const CampaignNumbers = z.object({
  campaignId: z.uuid(),
  title: z.string(),
  titles: Titles,
  numbers: InsightNumbers,
  clicked: Clicked,
  amounts: Amounts,
  /** Null while nothing was sent. */
  rates: InsightRates.nullable(),
});

const Sums = z.array(z.object({ minorUnits: Count, currency: z.string() }));
/** Amounts of deals by currency, in its smallest unit. */
export const DealSums = z.object({
  open: Sums.describe('of deals that are open now, whatever the period'),
  openDeals: Count,
  won: Sums.describe('of deals won in the period, less refunds'),
  wonDeals: Count,
  lost: Sums.describe('of deals lost in the period'),
  lostDeals: Count,
});
export type DealSums = z.infer<typeof DealSums>;

/** A partner's own numbers; `days` has every day, or week, of the window. */
export const PartnerInsight = ChartWindow.extend({
  numbers: InsightNumbers,
  clicked: Clicked,
  amounts: Amounts,
  rates: InsightRates.nullable(),
  days: z.array(DayNumbers),
  money: DealSums.describe('of all deals: of each of `campaigns`, and `withoutCampaign`'),
  campaigns: z.array(CampaignNumbers.extend({ money: DealSums })),
  withoutCampaign: DealSums.describe('of deals that belong to no campaign'),
});
export type PartnerInsight = z.infer<typeof PartnerInsight>;

/** What people did at the pages of an activation who came from one source. */
const SourceNumbers = z.object({
  source: z.enum(SOURCES),
  stepKey: z.string().nullable().describe('of an e-mail; null: not known, or another source'),
  visits: z.number().int(),
  machineVisits: z.number().int().describe('of programs, not counted among the visits'),
  formStarts: z.number().int().describe('where a script runs: in frames and web components'),
  forms: z.number().int().describe('forms that were accepted'),
  documents: z.number().int(),
  entries: z.number().int().describe('people who entered the sequence by a form or a document'),
});

/** Results of one activation since its launch, as in the mail at its end. */
export const ActivationInsight = CampaignNumbers.extend({
  activationId: z.uuid(),
  sources: z.array(SourceNumbers).describe('what led people to the pages, and what they did there'),
});
export type ActivationInsight = z.infer<typeof ActivationInsight>;

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
  email: z.string().nullable().describe('of a step that tests e-mails against each other; null: it tests none'),
  time: SendTimeView.nullable().describe('of a step that tests times of sending; null: it tests none'),
  /**
   * Conditions as in the version, all of which were true.
   * `#` and a hash replace those that are too many to name.
   */
  conditions: z.array(z.string()),
});
export type VariantView = z.infer<typeof VariantView>;

const OverTime = z.object({
  numbers: InsightNumbers,
  clicked: Clicked,
  rates: InsightRates.nullable(),
  /** Those on which anything was counted. */
  days: z.array(DayNumbers),
});

/**
 * A partner compared with its group, over four weeks: the newest that are
 * released and start in the window or before it. The group is the smallest of
 * the partner's groups that has a median. A partner without such a group is
 * compared with other partners without one.
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
  /** The partner's own, exact; null while it sent nothing. */
  own: InsightRates.nullable(),
  /**
   * Null if fewer than ten of the group wrote to 50 people or more.
   * Also null if another group's median would reveal single partners.
   */
  median: RateBands.nullable(),
});
export type PartnerComparison = z.infer<typeof PartnerComparison>;

export const PartnerCampaignInsight = ChartWindow.extend({
  ...CampaignNumbers.shape,
  money: DealSums,
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
 * A number of people or messages. It was released once, with noise that hides
 * each single person, and never changes.
 */
export const ReleasedNumber = z.object({
  /** A multiple of ten; null below `smallest`, where noise could be most of it. */
  value: Count.nullable(),
  /** In 95 of 100 cases the exact number is at most this much away. */
  margin: Count,
  smallest: Count,
});
export type ReleasedNumber = z.infer<typeof ReleasedNumber>;

/** Messages of one week, which starts on Monday, in UTC. */
const ReleasedWeek = z.object({ startsOn: Day, sent: ReleasedNumber, bounced: ReleasedNumber });

/** People who did something in four weeks; each person counts once. */
export const ReleasedFourWeeks = z.object({
  startsOn: Day,
  clicked: ReleasedNumber,
  replied: ReleasedNumber,
  unsubscribed: ReleasedNumber,
  complained: ReleasedNumber,
  leads: ReleasedNumber,
  won: ReleasedNumber,
});
export type ReleasedFourWeeks = z.infer<typeof ReleasedFourWeeks>;

/** Sums of released numbers; null while none of them is released. */
export const ReleasedSums = z.object({
  sent: ReleasedNumber.nullable(),
  bounced: ReleasedNumber.nullable(),
  clicked: ReleasedNumber.nullable(),
  replied: ReleasedNumber.nullable(),
  unsubscribed: ReleasedNumber.nullable(),
  complained: ReleasedNumber.nullable(),
  leads: ReleasedNumber.nullable(),
  won: ReleasedNumber.nullable(),
});
export type ReleasedSums = z.infer<typeof ReleasedSums>;

/** People who got a variant of a step, and those who clicked in it. */
const ReleasedPart = VariantView.extend({
  stepKey: z.string(),
  sent: ReleasedNumber,
  clicked: ReleasedNumber,
  fourWeeks: z.array(z.object({ startsOn: Day, sent: ReleasedNumber, clicked: ReleasedNumber })),
});

export const VendorCampaignInsight = z.object({
  campaignId: z.uuid(),
  title: z.string(),
  titles: Titles,
  names: z
    .array(StepName)
    .describe('what the steps of the newest published version are called; an earlier one may have had others'),
  /** Partners, exact and now: your lists name the same ones. */
  funnel: z.object({
    /** Those that can launch it, or have. */
    offered: Count,
    /** Of these, those whose brand profile is complete, or was. */
    brandComplete: Count,
    launched: Count,
  }),
  numbers: ReleasedSums,
  /** Oldest first. */
  weeks: z.array(ReleasedWeek),
  /** Oldest first. Those that overlap the window. */
  fourWeeks: z.array(ReleasedFourWeeks),
  /** At most the first twelve of each version, in its order. */
  parts: z.array(ReleasedPart),
});
export type VendorCampaignInsight = z.infer<typeof VendorCampaignInsight>;

/**
 * Results of a vendor's campaigns, without individual contacts. The window is
 * widened to whole weeks, up to today. Absent: twelve weeks.
 */
export const VendorInsight = Window.extend({
  asked: Window.describe('the days that were asked for: released numbers are of the whole weeks around them'),
  shownWeeks: Window.nullable().describe('days of the released weeks in it, of which e-mails are; null: none'),
  shownFourWeeks: Window.nullable().describe(
    'days of the released four weeks that overlap it, of which responses are; null: none',
  ),
  /** A number of partners below it is not shown. */
  smallestGroup: Count,
  /** Results are released once so many partners have launched something … */
  partnersNeeded: Count,
  /** … and were in a programme for so many days. */
  memberDays: Count,
  /** A person is counted in at most so many weeks of 52. */
  countedWeeks: Count,
  /** A person's responses are counted in at most so many of 13 four weeks. */
  countedFourWeeks: Count,
  /** When the next numbers of a week and of four weeks are released. */
  nextWeekOn: Day,
  nextFourWeeksOn: Day,
  numbers: ReleasedSums,
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
      titles: Titles,
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
