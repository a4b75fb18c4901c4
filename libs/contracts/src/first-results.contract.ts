import { z } from 'zod';
import { Titles } from './titles.contract.js';

const Count = z.number().int();
const Campaign = z.object({ campaignId: z.uuid(), title: z.string(), titles: Titles });

const First = z.object({
  launches: Count.describe('that had one'),
  medianDays: z.number().nullable().describe('from the launch; null: none had one'),
});

/** How long a partner's launches took to their first lead, deal and win. */
export const PartnerFirstResults = z.object({
  campaigns: z.array(Campaign.extend({ launches: Count, lead: First, deal: First, won: First })),
});
export type PartnerFirstResults = z.infer<typeof PartnerFirstResults>;

/** Medians over partners, released with the results of four weeks; they never change. */
export const VendorFirstResults = z.object({
  partnersNeeded: Count.describe('for a median'),
  peopleNeeded: Count.describe('that a partner must have written to, to be in a median'),
  campaigns: z.array(
    Campaign.extend({
      medians: z
        .array(
          z.object({
            kind: z.enum(['lead', 'deal', 'won']),
            startsOn: z.iso.date().describe('of the four weeks with which it was released'),
            partners: Count.describe('in it; each partner is in one median of a campaign'),
            fromDays: Count.describe('the median is not less'),
            toDays: Count.nullable().describe('the median is less; null: no limit'),
          }),
        )
        .describe('the newest of each kind'),
    }),
  ),
});
export type VendorFirstResults = z.infer<typeof VendorFirstResults>;
