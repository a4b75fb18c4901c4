import { z } from 'zod';
import type { VendorId } from '#kernel';
import { idSchema } from './id.js';
import { pageOf, PageQuery, sortBy } from './page.contract.js';
import { SOURCES } from './source.js';
import { lineOfText } from './text.contract.js';
import { Titles } from './titles.contract.js';
import { TableForm } from './user-language.js';

const Count = z.int();

/** Exact totals of one partner in one campaign, since its first launch or in chosen days. */
export const CampaignTotals = z.object({
  campaignId: z.uuid(),
  title: z.string(),
  titles: Titles,
  sent: Count.describe('e-mails that a mail server accepted, returned ones included'),
  clicked: Count.describe('people who clicked, each once'),
  leads: Count,
  won: Count,
  amounts: z
    .array(z.object({ minorUnits: Count, currency: z.string() }))
    .describe('sum of the won leads with an amount, by currency, in its smallest unit'),
  sources: z
    .array(z.object({ source: z.enum(SOURCES), visits: Count, forms: Count, documents: Count }))
    .describe('what led people to the pages: visits of people, accepted forms, documents'),
});
export type CampaignTotals = z.infer<typeof CampaignTotals>;

/**
 * The sentence that screens show: totals since the first launch, and of any days that the vendor chooses; and medians
 * of ten partners or more of the days to a first deal.
 */
export const TOTALS_WORDING = 2;
/** 1: totals since the first launch alone. */
export const TotalsWording = z.union([z.literal(1), z.literal(TOTALS_WORDING)]);
export type TotalsWording = z.infer<typeof TotalsWording>;

/** What a partner decided for one vendor. */
export const TotalsChoice = z.object({
  isShared: z.boolean().describe('whether the vendor sees your exact totals per campaign'),
  wording: TotalsWording.nullable().describe(
    'what you agreed to. 1: totals since the first launch; 2: also of any days that the vendor chooses. Null: not shared',
  ),
  changedBy: z.string().nullable().describe('null: never decided, so not shared'),
  changedAt: z.iso.datetime().nullable(),
});

/** What a partner decided for one vendor about sums without names. */
export const CountedDealsChoice = z.object({
  isCounted: z.boolean().describe('whether your won deals count in sums of five or more partners, without your name'),
  changedBy: z.string().nullable().describe('null: never decided, so not counted'),
  changedAt: z.iso.datetime().nullable(),
});

export const SetCountedDeals = z.strictObject({ vendorId: idSchema<VendorId>(), isCounted: z.boolean() });

/** What a vendor's partners won together, without names. */
export const VendorDealSums = z.object({
  sums: z
    .array(
      z.object({
        endsOn: z.iso.date().describe('deals decided until this day that are in no earlier sum of the currency'),
        currency: z.string(),
        partners: Count.describe('how many it is the sum of'),
        minorUnits: Count.describe(
          'less refunds; above zero, but older ones may be below: refunds of deals in earlier sums',
        ),
      }),
    )
    .describe('newest first; they have no deal in common and never change'),
  nextOn: z.iso.date().describe('when the next sum is made'),
  partnersNeeded: Count,
  memberDays: Count.describe('a partner counts that is in the programme for so many days'),
});
export type VendorDealSums = z.infer<typeof VendorDealSums>;

export const SetSharedTotals = z.strictObject({
  vendorId: idSchema<VendorId>(),
  isShared: z.boolean(),
  wording: TotalsWording.default(1).describe(
    'what you agree to. 1: totals since the first launch; 2: also of any days that the vendor chooses, and medians of ten partners or more of the days to a first deal',
  ),
});

/** Days in UTC, both included, of any number; absent: since the first launch, up to now. */
const TotalsDays = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });
/** What of its totals a partner shows. */
export const SHOWN_TOTALS = ['nothing', 'since-start', 'any-days'] as const;
/**
 * Columns that the server sorts partners by. Not their numbers: the totals of all partners would be computed for each
 * page, and each partner would be told that its vendor looked.
 */
export const PARTNER_TOTALS_SORTS = ['partner', 'sharedAt'] as const;
/** Columns by which a table of all totals is sorted: a file has them all anyway, and a screen sorts what is loaded. */
export const PARTNER_TOTALS_TABLE_SORTS = [
  ...PARTNER_TOTALS_SORTS,
  'campaign',
  'sent',
  'clicked',
  'leads',
  'won',
  'amounts',
] as const;
/** Absent: all partners. */
const PartnerTotalsFilter = z.object({
  shown: z.enum(SHOWN_TOTALS).optional(),
  q: lineOfText(100).min(1).optional().describe('a part of the name of the partner'),
});
export type PartnerTotalsFilter = z.infer<typeof PartnerTotalsFilter>;
const Listing = PartnerTotalsFilter.extend(TotalsDays.shape);
const SORT_TEXT = 'with a minus sign: descending; absent: as partners joined';
export const PartnerTotalsQuery = PageQuery.extend({
  ...Listing.shape,
  sort: sortBy(PARTNER_TOTALS_SORTS).describe(`of partners, ${SORT_TEXT}`),
});
export const PartnerTotalsTableQuery = TableForm.extend({
  ...Listing.shape,
  sort: sortBy(PARTNER_TOTALS_TABLE_SORTS).describe(`of the rows, ${SORT_TEXT}`),
});

/** The partner's own numbers, whether it shows them or not. */
export const OwnSharedTotals = z.object({
  items: z.array(
    z.object({
      vendorId: z.uuid(),
      campaigns: z.array(CampaignTotals),
      readings: z
        .array(z.object({ name: z.string(), at: z.iso.datetime() }))
        .describe('persons of the vendor who looked in the last 90 days, once a day, newest first'),
    }),
  ),
});
export type OwnSharedTotals = z.infer<typeof OwnSharedTotals>;

/** A vendor's partners with the totals that they show. Of days: the same as the partner's own results of these. */
export const PartnerTotalsPage = pageOf(
  z.object({
    partnerId: z.uuid(),
    name: z.string(),
    shown: z.enum(SHOWN_TOTALS).describe('since-start: the partner has not agreed to show totals of chosen days'),
    sharedAt: z.iso.datetime().nullable().describe('since when it shows its totals; null: it does not'),
    campaigns: z.array(CampaignTotals).nullable().describe('null: the partner does not show these totals'),
  }),
);
export type PartnerTotalsPage = z.infer<typeof PartnerTotalsPage>;

export const PartnerTerms = z.strictObject({
  requiresTotals: z.boolean().describe('only partners that show their totals may join from now on'),
});
