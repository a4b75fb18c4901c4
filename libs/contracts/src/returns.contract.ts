import { z } from 'zod';
import { COST_TACTICS } from './cost.contract.js';
import { Titles } from './titles.contract.js';

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
  roi: z.number().nullable().describe('won less costs, divided by costs, to four decimals: 2.5 is 250 %'),
  withoutRoi: z
    .enum(['no-costs', 'currencies'])
    .nullable()
    .describe('why there is none; `currencies`: costs and won deals are not all in one currency'),
});
export type Returns = z.infer<typeof Returns>;

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
  tactics: z.array(z.object({ tactic: z.enum(COST_TACTICS).nullable().describe('null: no single one'), costs: Sums })),
});
export type PartnerReturns = z.infer<typeof PartnerReturns>;
