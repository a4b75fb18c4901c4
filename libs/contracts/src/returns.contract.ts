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
    .enum(['no-costs', 'no-campaign', 'currencies', 'not-shown'])
    .nullable()
    .describe(
      'why there is none; `no-campaign`: costs and deals of no campaign did not cause each other; `currencies`: costs and won deals are not all in one currency; `not-shown`: no partner shows a vendor its totals',
    ),
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

const VendorReturn = Returns.pick({
  costs: true,
  won: true,
  leads: true,
  costPerLead: true,
  roi: true,
  withoutRoi: true,
});

/**
 * A vendor's own costs since the start, beside what partners won that show their
 * totals to it. What others won is not in it, so each return is a lower bound.
 */
export const VendorReturns = z.object({
  showing: Count.describe('active partners that show their totals'),
  total: VendorReturn.describe('also costs of no single campaign'),
  campaigns: z.array(
    VendorReturn.extend({
      campaignId: z.uuid().nullable().describe('null: no single campaign'),
      title: z.string(),
      titles: Titles,
    }),
  ),
  partners: z
    .array(z.object({ partnerId: z.uuid(), name: z.string(), costs: Sums }))
    .describe('costs that name a partner'),
  tactics: PartnerReturns.shape.tactics,
});
export type VendorReturns = z.infer<typeof VendorReturns>;
