import { z } from 'zod';
import { pageOf, PageQuery, type SortBy, sortBy } from './page.contract.js';
import { lineOfText } from './text.contract.js';
import { TableForm } from './user-language.js';

const Count = z.number().int();
const Day = z.iso.date();

/** How far a partner can come, in this order. */
export const PARTNER_STEPS = ['invited', 'joined', 'brand', 'launched', 'lead', 'won'] as const;
const Step = z.enum(PARTNER_STEPS);
export type PartnerStep = z.infer<typeof Step>;

const Participation = z.object({
  from: Day,
  to: Day,
  partners: Count.describe('in the programme on the last day, or today'),
  tookPart: Count.describe('of these: had a campaign running on a day of the period'),
});

/** What a vendor's partners do: from launches and memberships that it sees one by one. Nothing of contacts. */
export const ProgrammeActivity = z.object({
  asOf: Day,
  weeks: z.array(Participation).describe('the last 26, Monday to Sunday, oldest first'),
  quarters: z.array(Participation).describe('the last six, oldest first'),
  funnel: z.array(
    z.object({
      step: Step.describe(
        '`lead`: has shared a lead with you, or shows totals with one; `won`: shows totals with a won lead; `brand`: brand profile complete',
      ),
      reached: Count.describe('have come so far, or further'),
      standing: Count.describe('have come so far, and no further'),
    }),
  ),
  showing: Count.describe(
    'partners with a launch that show their totals: of the others, leads that they keep are not known',
  ),
});
export type ProgrammeActivity = z.infer<typeof ProgrammeActivity>;

export const EngagementPart = z.object({
  part: z.enum(['launches', 'running', 'shared-leads', 'brand']),
  points: Count,
  max: Count,
  measured: Count.describe(
    'launches, weeks with a campaign running, or leads shared with you; of `brand`: 1 if complete',
  ),
  full: Count.describe('from so many on, all points'),
  nextPoints: Count.describe('points that one more would add'),
});
export type EngagementPart = z.infer<typeof EngagementPart>;

/** How far a partner has come, and how engaged it is. */
export const PartnerStanding = z.object({
  partnerId: z.uuid(),
  name: z.string(),
  tier: z.string(),
  step: Step,
  since: Day.nullable().describe('null: you are not told the day'),
  score: Count.nullable().describe('0 to 100, over the last 13 weeks; null: has not joined'),
  parts: z.array(EngagementPart).describe('empty: has not joined'),
});
export type PartnerStanding = z.infer<typeof PartnerStanding>;
export const PartnerStandings = pageOf(PartnerStanding);
/** Columns that the server sorts partners by. */
export const PARTNER_STANDING_SORTS = ['partner', 'partnerStep', 'score'] as const;
export type PartnerStandingSort = SortBy<(typeof PARTNER_STANDING_SORTS)[number]>;
/** Absent: all partners. */
const PartnerStandingFilter = z.object({
  step: Step.optional(),
  q: lineOfText(100).min(1).optional().describe('a part of the name of the partner'),
});
const Sort = sortBy(PARTNER_STANDING_SORTS).describe('with a minus sign: descending; absent: the least engaged first');
export const PartnerStandingQuery = PageQuery.extend({ ...PartnerStandingFilter.shape, sort: Sort });
export const PartnerStandingTableQuery = PartnerStandingFilter.extend({ sort: Sort, ...TableForm.shape });
/** Which partners are listed. */
export type PartnerStandingFilter = z.infer<typeof PartnerStandingFilter>;
