import { z } from 'zod';
import { ATTRIBUTION_MODELS } from './attribution.contract.js';
import { COST_TACTICS } from './cost.contract.js';
import { InsightQuery } from './insight.contract.js';
import { Titles } from './titles.contract.js';
import { TableForm } from './user-language.js';

const Count = z.number().int();
const Day = z.iso.date();
const Sums = z
  .array(z.object({ minorUnits: Count, currency: z.string() }))
  .describe('by currency, in its smallest unit; currencies are never added');

/**
 * Costs beside what came of them. A cost of several days counts with its share
 * of those in the period.
 */
export const Returns = z.object({
  costs: Sums,
  open: Sums.describe('amounts of deals that are open now, whatever the period'),
  won: Sums.describe('amounts of deals won in the period, less refunds'),
  wonDeals: Count,
  leads: Count.describe('in the period'),
  costPerLead: Sums.describe('empty: no leads'),
  costPerWonDeal: Sums.describe('empty: no won deals'),
  pipelinePerCost: z
    .number()
    .nullable()
    .describe(
      '`open` divided by costs, to four decimals: 3 is 3 open for each 1 paid; null: no costs, no campaign, several currencies, or, for a vendor, no open deal that it sees',
    ),
  roi: z.number().nullable().describe('won less costs, divided by costs, to four decimals: 2.5 is 250 %'),
  withoutRoi: z
    .enum(['no-costs', 'no-campaign', 'no-tactic', 'currencies', 'not-shown'])
    .nullable()
    .describe(
      'why there is none; `no-campaign`: costs and deals of no campaign did not cause each other; `no-tactic`: the same of no single tactic; `currencies`: costs and won deals are not all in one currency; `not-shown`: no partner shows a vendor its totals, and it has no sum without names',
    ),
});
export type Returns = z.infer<typeof Returns>;

const TacticCosts = z.object({
  tactic: z.enum(COST_TACTICS).nullable().describe('null: no single one'),
  costs: Sums,
});

const Model = z.enum(ATTRIBUTION_MODELS);
export const ReturnsQuery = InsightQuery.extend({
  model: Model.default('linear').describe('divides what was won among tactics'),
});

export const ReturnsTableQuery = ReturnsQuery.extend(TableForm.shape);

/** What a partner paid, and what it won. */
export const PartnerReturns = z.object({
  from: Day,
  to: Day,
  total: Returns.describe('also of no campaign'),
  campaigns: z.array(
    Returns.extend({
      campaignId: z.uuid().nullable().describe('null: no campaign'),
      title: z.string(),
      titles: Titles,
    }),
  ),
  model: Model.describe('by which `tactics` have their part of what was won'),
  tactics: z
    .array(
      TacticCosts.extend({
        won: Sums.describe(
          'credits of deals won in the period; those of all rows add up to `total.won`. Null: of deals whose person had no touch before',
        ),
        ...Returns.pick({ roi: true, withoutRoi: true }).shape,
      }),
    )
    .describe('with costs or credits'),
});
export type PartnerReturns = z.infer<typeof PartnerReturns>;

const VendorReturn = Returns.pick({
  costs: true,
  pipelinePerCost: true,
  won: true,
  leads: true,
  costPerLead: true,
  roi: true,
  withoutRoi: true,
}).extend({
  open: Sums.nullable().describe(
    'amounts of open deals that partners share one by one; null: the role of the reader does not read them',
  ),
});

/**
 * A vendor's own costs since the start, beside what partners won that show their
 * totals to it, or let their deals count in sums without names. What others won
 * is not in it, so each return is a lower bound.
 */
export const VendorReturns = z.object({
  showing: Count.describe('active partners that show their totals'),
  total: VendorReturn.extend({
    won: Sums.describe('`wonByName` and `wonTogether`'),
    wonByName: Sums.describe('of partners that show their totals'),
    wonTogether: Sums.describe('of sums without names, of no single campaign, less `together.leftOut`'),
  }).describe('also costs of no single campaign'),
  together: z
    .object({
      until: Day.nullable().describe('the last day of the last sum; null: no sum'),
      partnersNeeded: Count.describe('so many partners at least add to a sum. Sums are exact, without noise'),
      largestPercent: Count.describe('no part of wins or refunds is larger, in percent of the sum that is told'),
      leftOut: Sums.describe(
        'could be in `wonByName`, too: of partners that were in the programme before a sum, and show their totals since',
      ),
    })
    .describe('sums without names'),
  campaigns: z.array(
    VendorReturn.extend({
      campaignId: z.uuid().nullable().describe('null: no single campaign'),
      title: z.string(),
      titles: Titles,
    }),
  ),
  partners: z
    .array(
      z.object({
        partnerId: z.uuid(),
        name: z.string(),
        costs: Sums,
        won: Sums.nullable().describe('since the start, less refunds; null: it does not show its totals'),
      }),
    )
    .describe('costs that name a partner'),
  tactics: z.array(TacticCosts).describe('no attribution of its partners is shown to a vendor'),
});
export type VendorReturns = z.infer<typeof VendorReturns>;
