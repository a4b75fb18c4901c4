import { z } from 'zod';
import { EditVersion } from './edit-version.contract.js';
import { pageOf } from './page.contract.js';
import { GroupCondition } from './partner-attribute.contract.js';
import { lineOfText } from './text.contract.js';

/**
 * What rules of tiers count. A vendor sees each of these by name anyway:
 * launches, and leads while the partner shares them. Numbers about contacts are
 * none of them.
 */
export const TIER_FACTS = ['launches', 'campaigns', 'shared-leads', 'accepted-leads'] as const;
export type TierFact = (typeof TIER_FACTS)[number];
const Fact = z
  .enum(TIER_FACTS)
  .describe(
    'launches: of your campaigns. campaigns: different ones that were launched. shared-leads: leads shared with you. accepted-leads: those that you accepted',
  );

const Day = z.iso.date();
const TierName = lineOfText(60).min(1);

/** What a partner needs for a tier: all of it. */
export const TierRule = z.strictObject({
  period: z
    .strictObject({ unit: z.enum(['months', 'quarters']), count: z.number().int().min(1).max(24) })
    .describe(
      'months: the last ones, to today. quarters: full quarters before the current one, and the current one so far; UTC',
    ),
  facts: z
    .array(z.strictObject({ fact: Fact, atLeast: z.number().int().min(1).max(100_000) }))
    .max(TIER_FACTS.length)
    .default([])
    .describe('each fact once'),
  conditions: z
    .array(GroupCondition)
    .max(20)
    .default([])
    .describe('on attributes, as in partner groups; partners see them and whether they hold'),
});
export type TierRule = z.output<typeof TierRule>;

export const Tier = z.strictObject({
  name: TierName,
  about: lineOfText(300).default('').describe('what the tier gives, for partners'),
  rule: TierRule,
});
export type Tier = z.output<typeof Tier>;

const MAX_TIERS = 10;

/** The rules of all tiers. */
export const TierRulesInput = z.strictObject({
  isOn: z.boolean().describe('false: tiers are written by hand'),
  graceDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .describe('how long a partner keeps its tier after it fell below; 0: it drops on the same day'),
  tiers: z
    .array(Tier)
    .min(1)
    .max(MAX_TIERS)
    .describe('the highest first; the last one needs nothing, so that each partner has a tier'),
});
export type TierRulesInput = z.output<typeof TierRulesInput>;

export const TierRulesView = z.object({
  version: EditVersion.describe('"0": none were saved yet'),
  isOn: z.boolean(),
  graceDays: z.number().int(),
  tiers: z.array(Tier),
  savedBy: z.string().nullable(),
  savedAt: z.iso.datetime().nullable(),
  evaluatedOn: Day.nullable().describe('the day of the last evaluation, UTC'),
});
export type TierRulesView = z.infer<typeof TierRulesView>;

/** One thing that a tier needs, and what was measured. */
export const TierRequirement = z.object({
  fact: Fact.nullable().describe('null: it is about an attribute'),
  atLeast: z.number().int().nullable(),
  measured: z.number().int().nullable(),
  since: Day.nullable().describe('the first day of the period'),
  attribute: z.string().nullable().describe('its name; null: it is about a fact'),
  condition: GroupCondition.nullable().describe('with labels of options instead of their keys'),
  isMet: z.boolean(),
});
export type TierRequirement = z.infer<typeof TierRequirement>;

/** What rules would do with a partner. */
const TierMove = z.object({
  partnerId: z.uuid(),
  partnerName: z.string(),
  direction: z
    .enum(['up', 'down', 'unlisted'])
    .describe('unlisted: its present tier is not among these, as after a new name; it changes at once'),
  from: z.string(),
  to: z.string(),
  dropsOn: Day.nullable().describe('the first day of the lower tier; null: the tier changes at once'),
  requirements: z.array(TierRequirement).describe('up, unlisted: of the new tier. down: of the present one'),
});
export const TierPreview = z.object({
  counts: z.object({
    up: z.number().int(),
    down: z.number().int(),
    unlisted: z.number().int().describe('have a tier that is not among these'),
    stay: z.number().int(),
    manual: z.number().int().describe('have a tier that a person set'),
  }),
  moves: z.array(TierMove).describe('by name, at most 100 of each direction'),
});
export type TierPreview = z.infer<typeof TierPreview>;

const ManualTier = z.object({
  tier: z.string(),
  reason: z.string(),
  untilOn: Day.nullable().describe('the last day; null: until it is removed'),
  setBy: z.string(),
  setAt: z.iso.datetime(),
});

const ComingDrop = z.object({
  to: z.string(),
  announcedOn: Day,
  dropsOn: Day.describe('the first day of the lower tier'),
});

/** Partners that keep their tier for the grace period. */
export const ComingDrops = z.object({
  items: z.array(
    ComingDrop.extend({
      partnerId: z.uuid(),
      partnerName: z.string(),
      from: z.string(),
      requirements: z.array(TierRequirement).describe('of the present tier, when it was announced'),
    }),
  ),
});

export const TierChange = z.object({
  id: z.uuid(),
  partnerId: z.uuid(),
  partnerName: z.string(),
  from: z.string(),
  to: z.string(),
  at: z.iso.datetime(),
  rulesVersion: z.number().int().nullable().describe('null: a person set the tier'),
  byName: z.string().nullable(),
  reason: z.string().nullable(),
  untilOn: Day.nullable(),
  requirements: z.array(TierRequirement).describe('as measured at that time'),
});
export type TierChange = z.infer<typeof TierChange>;
export const TierChanges = pageOf(TierChange);

const TierAim = z.object({ tier: z.string(), about: z.string(), requirements: z.array(TierRequirement) });

/** Where a partner stands. */
export const TierOfPartner = z.object({
  tier: z.string(),
  isByRule: z.boolean().describe('false: your tiers have no rules, or they are switched off'),
  manual: ManualTier.nullable(),
  comingDrop: ComingDrop.nullable(),
  present: TierAim.nullable().describe('null: the tier has no rule'),
  next: TierAim.nullable().describe('null: it has the highest one'),
  history: z.array(TierChange).describe('the last 50, the newest first'),
});
export type TierOfPartner = z.infer<typeof TierOfPartner>;

export const SetTier = z.strictObject({
  tier: TierName.describe('one of those that have a rule'),
  reason: lineOfText(300).min(1).describe('for your team; the partner does not see it'),
  untilOn: Day.nullable().default(null).describe('the last day, UTC; null: until it is removed'),
});

/** A partner's tier with each vendor whose tiers have rules. */
export const OwnTiers = z.object({
  items: z.array(
    TierOfPartner.omit({ isByRule: true, history: true, manual: true }).extend({
      vendorId: z.uuid(),
      vendorName: z.string(),
      manual: ManualTier.pick({ untilOn: true }).nullable().describe('the vendor has set the tier'),
      history: z.array(TierChange.pick({ id: true, from: true, to: true, at: true })),
    }),
  ),
});
export type OwnTiers = z.infer<typeof OwnTiers>;
