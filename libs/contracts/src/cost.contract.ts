import { z } from 'zod';
import { BusinessDay, IMPORT_FAULT } from './deal.contract.js';
import { Amount, amountUpTo } from './amount.contract.js';
import { pageOf, PageQuery, type SortBy, sortBy } from './page.contract.js';
import { ARTWORK_TYPES, TEMPLATE_TYPES } from './tactic-type.js';
import { lineOfText } from './text.contract.js';
import { Titles } from './titles.contract.js';
import { TableForm } from './user-language.js';

/** `2026-11-17`. */
const Day = z.iso.date();

/** What a cost can be spent for. */
export const COST_TACTICS = [...TEMPLATE_TYPES, ...ARTWORK_TYPES] as const;
const Tactic = z.enum(COST_TACTICS);

export const MAX_COST_DAYS = 1_100;
/** In the currency's smallest unit. */
export const MAX_COST = 1_000_000_000_000;

const FIELDS = {
  description: lineOfText(200).min(1).describe('what was paid for; no data of people'),
  amount: amountUpTo(MAX_COST, 1, 'or enter one cost for each part'),
  from: BusinessDay.describe('the first day that it pays for'),
  campaignId: z.uuid().nullable().optional().describe('null: without campaign'),
  partnerId: z.uuid().nullable().optional().describe('of a vendor: the partner it was spent for; null: no single one'),
  tactic: Tactic.nullable().optional().describe('null: no single tactic'),
  reference: lineOfText(100).min(1).nullable().optional().describe('your own number of it, such as of an invoice'),
};
const To = BusinessDay.describe('the last day that it pays for; at most three years');

/** You bear the costs that you enter, and only your organisation sees them. */
export const NewCost = z.strictObject({ ...FIELDS, to: To.optional().describe('absent: `from`') });
export type NewCost = z.infer<typeof NewCost>;

/** What is absent stays as it is. */
export const ChangeCost = z.strictObject({ ...FIELDS, to: To }).partial();
export type ChangeCost = z.infer<typeof ChangeCost>;

export const CostView = z.object({
  id: z.uuid(),
  bearer: z.enum(['vendor', 'partner']).describe('whose cost it is: that of your organisation'),
  description: z.string(),
  amount: Amount,
  from: Day,
  to: Day,
  campaignId: z.uuid().nullable(),
  campaignTitle: z.string().describe('empty: without campaign'),
  campaignTitles: Titles,
  partnerId: z.uuid().nullable(),
  partnerName: z.string().nullable(),
  tactic: Tactic.nullable(),
  reference: z.string().nullable(),
  by: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type CostView = z.infer<typeof CostView>;
export const CostPage = pageOf(CostView);
/** Absent: costs of all. */
export const CostFilter = z.object({
  campaignId: z.uuid().optional(),
  partnerId: z.uuid().optional().describe('of a vendor'),
  tactic: Tactic.optional(),
  from: Day.optional().describe('costs that pay for this day or a later one'),
  to: Day.optional().describe('costs that pay for this day or an earlier one'),
});
export type CostFilter = z.infer<typeof CostFilter>;
/** Columns that the server sorts costs by. */
export const COST_SORTS = ['amount', 'from'] as const;
export type CostSort = SortBy<(typeof COST_SORTS)[number]>;
const Sort = sortBy(COST_SORTS).describe(
  'with a minus sign: descending; absent: newest first. Amounts by number, whatever their currency',
);
export const CostQuery = PageQuery.extend({ ...CostFilter.shape, sort: Sort });
export const CostTableQuery = CostFilter.extend({ sort: Sort, ...TableForm.shape });

/** What a cost can be entered for. */
export const CostChoices = z.object({
  campaigns: z.array(z.object({ id: z.uuid(), title: z.string(), titles: Titles })),
  partners: z.array(z.object({ id: z.uuid(), name: z.string() })).describe('of a vendor; a partner has none'),
  currencies: z
    .array(Amount.shape.currency)
    .describe('of your newest costs, and of a partner’s newest deals, the most used first; others can be entered, too'),
});
export type CostChoices = z.infer<typeof CostChoices>;

const COST_ROW_FAULTS = [
  'missing',
  'value-invalid',
  'currency-unknown',
  'currency-other',
  'amount-invalid',
  'amount-ambiguous',
  'amount-decimals',
  'amount-too-large',
  'repeated',
  'reference-taken',
  'campaign-unknown',
  'partner-unknown',
  'period',
] as const;
/** Why a row of an import is refused. */
export type CostRowFault = (typeof COST_ROW_FAULTS)[number];

const CHANGED = ['description', 'amount', 'period', 'campaign', 'partner', 'tactic', 'reference'] as const;
export type CostField = (typeof CHANGED)[number];

export const CostImportOptions = z.strictObject({
  basedOn: z
    .string()
    .max(64)
    .optional()
    .describe('`version` of a preview: refused if something else would be done now'),
});
const Count = z.number().int();
export const CostImportView = z.object({
  version: z.string().describe('the same while the import would do the same'),
  counts: z.object({ new: Count, changed: Count, unchanged: Count, refused: Count }),
  rows: z.array(
    z.object({
      line: Count.describe('row of the spreadsheet'),
      reference: z.string().describe('empty: none'),
      outcome: z.enum(['new', 'changed', 'unchanged', 'refused']),
      description: z.string().nullable(),
      amount: Amount.nullable().describe('after the import; null: refused'),
      from: Day.nullable(),
      to: Day.nullable(),
      changes: z.array(z.enum(CHANGED)),
      faults: z.array(z.object({ reason: z.enum(COST_ROW_FAULTS), ...IMPORT_FAULT })),
    }),
  ),
  ignoredColumns: z.array(z.string()),
});
export type CostImportView = z.infer<typeof CostImportView>;
