import { z } from 'zod';
import { Amount, DealAmount, enteredUnits, MAX_DEAL } from './amount.contract.js';
import { pageOf, PageQuery, type SortBy, sortBy } from './page.contract.js';
import { lineOfText } from './text.contract.js';
import { Titles } from './titles.contract.js';
import { TableForm } from './user-language.js';

const Instant = z.iso.datetime();
/** `2026-11-17`. */
const Day = z.iso.date();
/** A day that is entered. Another year is a slip of the pen. */
export const BusinessDay = Day.refine(
  (day) => day >= '1970-01-01' && day < '2200-01-01',
  'Enter a day from 1970-01-01 to 2199-12-31',
);
const MinorUnits = z.number().int();
/** A search. */
const Words = lineOfText(100).min(1);

/** Stages of a deal that is not decided, in their usual order. */
export const OPEN_STAGES = ['qualified', 'proposal', 'negotiation'] as const;
export const DEAL_STAGES = [...OPEN_STAGES, 'won', 'lost'] as const;
export const DealStage = z.enum(DEAL_STAGES);
export type DealStage = z.infer<typeof DealStage>;

export const LOST_REASONS = ['price', 'competitor', 'no-budget', 'no-decision', 'timing', 'other'] as const;
export const LostReason = z.enum(LOST_REASONS);
export type LostReason = z.infer<typeof LostReason>;

/** What a partner did for a deal. A deal has one partner that sourced it. */
export const DEAL_ROLES = ['sourced', 'influenced', 'fulfilled'] as const;
export const DealRole = z.enum(DEAL_ROLES);
export type DealRole = z.infer<typeof DealRole>;

export const MAX_PRODUCTS = 20;
/** Characters of a product's name. */
export const PRODUCT_LENGTH = 80;
const Products = z
  .array(lineOfText(PRODUCT_LENGTH).min(1))
  .max(MAX_PRODUCTS)
  .describe('what is sold, by name; no data of people');
const ExternalId = lineOfText(100).min(1).describe('your own number of the deal, such as its id in your CRM');

/** What is absent stays as it is; a new deal is `qualified`. */
export const ChangeDeal = z.strictObject({
  stage: DealStage.optional().describe('the lead of the deal follows: open is working, won is won, lost is lost'),
  amount: DealAmount.nullable().optional().describe('null: not known'),
  expectedOn: BusinessDay.nullable().optional().describe('the day on which you expect a decision'),
  closedOn: BusinessDay.optional().describe(
    'of a won or lost deal: the day of the decision, at most today in your time zone; absent: today',
  ),
  products: Products.optional(),
  lostReason: LostReason.nullable().optional().describe('of a lost deal only'),
  externalId: ExternalId.nullable().optional(),
});
export type ChangeDeal = z.infer<typeof ChangeDeal>;

/** Taken back from a won deal, in its own currency. Adds to earlier refunds. */
export const NewRefund = z.strictObject({ minorUnits: enteredUnits(1, MAX_DEAL) });

/** Why a deal that should not be there was entered. */
export const WITHDRAWAL_REASONS = ['mistake', 'duplicate', 'test'] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number] | 'import-undone';
/** Takes a deal out of all lists, sums and shares. Its history stays. */
export const WithdrawDeal = z.strictObject({ reason: z.enum(WITHDRAWAL_REASONS) });
const Withdrawal = z.object({
  at: Instant,
  by: z.string(),
  reason: z.enum([...WITHDRAWAL_REASONS, 'import-undone']),
});

/** A deal after a change. */
const DealEvent = z.object({
  id: z.uuid(),
  kind: z.enum(['stage', 'change', 'refund', 'withdrawal']),
  stage: DealStage,
  amount: Amount.nullable(),
  refundedMinor: MinorUnits,
  expectedOn: Day.nullable(),
  closedOn: Day.nullable(),
  lostReason: LostReason.nullable(),
  by: z.string(),
  at: Instant,
});

export const DealView = z.object({
  id: z.uuid(),
  leadId: z.uuid().nullable().describe('null: a deal from a file, of a contact without a lead'),
  contactId: z.uuid(),
  name: z.string().describe('of the contact; empty: deleted'),
  company: z.string().nullable(),
  activationId: z.uuid().nullable().describe('of the lead'),
  campaignTitle: z.string().describe('empty: no lead'),
  campaignTitles: Titles,
  externalId: z.string().nullable(),
  stage: DealStage,
  amount: Amount.nullable(),
  refundedMinor: MinorUnits.describe('taken back of the amount'),
  expectedOn: Day.nullable(),
  isOverdue: z.boolean().describe('open, and the expected day is before today in your time zone'),
  closedOn: Day.nullable(),
  products: z.array(z.string()),
  lostReason: LostReason.nullable(),
  role: z.enum(['sourced', 'fulfilled']).describe('yours; fulfilled: another partner sourced it'),
  withdrawn: Withdrawal.nullable().describe('entered by mistake: it is in no sum and share, and never changes'),
  version: z
    .number()
    .int()
    .describe(
      'one more with each change. Send it as If-Match, in double quotes, with a change: fields that others have changed since are then not overwritten, and the answer is 412',
    ),
  createdAt: Instant,
  updatedAt: Instant,
});
export type DealView = z.infer<typeof DealView>;
export const DealPage = pageOf(DealView);
/** Columns that the server sorts deals by. */
export const DEAL_SORTS = ['amount', 'closedOn', 'expectedOn', 'stage', 'updatedAt'] as const;
export type DealSort = SortBy<(typeof DEAL_SORTS)[number]>;
/** Absent: deals of all. Days are included. */
export const DealFilter = z.object({
  stage: z
    .enum(['open', 'overdue', ...DEAL_STAGES, 'withdrawn'])
    .optional()
    .describe(
      'overdue: open, and the expected day is before today in your time zone; withdrawn: entered by mistake, which no other list has',
    ),
  campaignId: z
    .union([z.uuid(), z.literal('none')])
    .optional()
    .describe('none: deals of no campaign'),
  currency: Amount.shape.currency.optional(),
  closedFrom: Day.optional(),
  closedTo: Day.optional(),
  expectedFrom: Day.optional(),
  expectedTo: Day.optional(),
  q: Words.optional().describe('a part of the contact, company, your own number or a product'),
});
export type DealFilter = z.infer<typeof DealFilter>;
const Sort = sortBy(DEAL_SORTS).describe(
  'with a minus sign: descending; absent: newest first. Amounts by number, whatever their currency: choose one to compare them',
);
export const DealQuery = PageQuery.extend({ ...DealFilter.shape, sort: Sort });
/** What a list of deals adds up to. */
export const DealListSums = z.object({
  deals: z.number().int(),
  amounts: z.array(z.object({ minorUnits: MinorUnits, currency: z.string() })).describe('by currency, less refunds'),
});
export type DealListSums = z.infer<typeof DealListSums>;
export const OverdueDeals = z.object({
  count: z.number().int(),
  today: Day.describe('in your time zone, that of your brand profile: no deal can have closed after it'),
});
export type OverdueDeals = z.infer<typeof OverdueDeals>;
export const DealTableQuery = DealFilter.extend({ sort: Sort, ...TableForm.shape });
/** Who began or ended that another organisation sees a deal. */
const DealShareEvent = z.object({
  shareId: z.uuid(),
  kind: z.enum(['shown', 'invited', 'joined', 'ended']),
  role: DealRole.nullable().describe('null: the vendor of the campaign'),
  participantName: z.string().nullable().describe('null: the vendor, or an invitation that was not accepted'),
  by: z.string(),
  at: Instant,
});
export const DealHistory = z
  .object({ items: z.array(DealEvent), shares: z.array(DealShareEvent) })
  .describe('what was changed, and who could see the deal; each oldest first');
export type DealHistory = z.infer<typeof DealHistory>;

/** Why a row of an import is refused. */
const DEAL_ROW_FAULTS = [
  'missing',
  'contact-unknown',
  'value-invalid',
  'currency-unknown',
  'currency-other',
  'amount-invalid',
  'amount-ambiguous',
  'amount-decimals',
  'amount-too-large',
  'repeated',
  'of-another-contact',
  'external-id-taken',
  'closed-later',
  'closed-early',
  'lost-reason',
  'refunded',
  'lead-withdrawn',
  'withdrawn',
] as const;
export type DealRowFault = (typeof DEAL_ROW_FAULTS)[number];

/** Where a row of an import is wrong. */
export const IMPORT_FAULT = {
  field: z.string(),
  value: z.string(),
  most: Amount.optional().describe('of `amount-too-large`: the largest amount that is possible'),
  decimals: z.number().int().optional().describe('of `amount-decimals`: how many the currency has'),
};

/** Deals of a file or program, found again by their external id. */
export const ImportDeals = z.strictObject({
  dryRun: z.boolean().default(false).describe('true: answers what would be done, and stores nothing'),
  basedOn: z
    .string()
    .max(64)
    .optional()
    .describe('`version` of a dry run: refused if something else would be done now'),
  deals: z
    .array(
      ChangeDeal.extend({
        externalId: ExternalId,
        email: lineOfText(320).min(3).optional().describe('of the contact; needed for a new deal'),
      }),
    )
    .min(1)
    .max(5000),
});

/** Fields of a deal that users and programs change. */
export const DEAL_FIELDS = [
  'externalId',
  'stage',
  'amount',
  'expectedOn',
  'closedOn',
  'products',
  'lostReason',
] as const;
export type DealField = (typeof DEAL_FIELDS)[number];

export const DealImportView = z.object({
  importId: z.uuid().nullable().describe('undoes the import; null: nothing was stored'),
  version: z.string().describe('the same while the import would do the same'),
  counts: z.object({
    new: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
  }),
  rows: z.array(
    z.object({
      line: z.number().int().describe('row of the spreadsheet, or place in the list from 1'),
      externalId: z.string(),
      email: z.string().nullable(),
      outcome: z.enum(['new', 'changed', 'unchanged', 'refused']),
      dealId: z.uuid().nullable().describe('null for new and refused rows'),
      ofLead: z.boolean().describe('the deal belongs to a lead, whose status follows'),
      stage: DealStage.nullable().describe('after the import; null: refused'),
      amount: Amount.nullable(),
      changes: z.array(z.enum(DEAL_FIELDS)),
      faults: z.array(z.object({ reason: z.enum(DEAL_ROW_FAULTS), ...IMPORT_FAULT })),
    }),
  ),
  ignoredColumns: z.array(z.string()),
});
export type DealImportView = z.infer<typeof DealImportView>;
/** An import that added or changed deals. */
const PastDealImport = z.object({
  id: z.uuid(),
  source: z.enum(['file', 'program']),
  added: z.number().int(),
  changed: z.number().int(),
  refused: z.number().int(),
  by: z.string(),
  at: Instant,
  undoneBy: z.string().nullable(),
  undoneAt: Instant.nullable(),
});
export type PastDealImport = z.infer<typeof PastDealImport>;
export const PastDealImportPage = pageOf(PastDealImport);

export const UndoDealImport = z.strictObject({
  dryRun: z.boolean().default(false).describe('true: answers what would be done, and stores nothing'),
});
/** Why an import's change of a deal stays. */
const UNDO_OBSTACLES = [
  'changed-since',
  'shared-since',
  'withdrawn',
  'lead-withdrawn',
  'external-id-taken',
  'not-recorded',
  'values-refused',
] as const;
export type UndoObstacle = (typeof UNDO_OBSTACLES)[number];
export const UndoneDealImport = z.object({
  withdrawn: z.number().int().describe('deals that the import added, and that were not changed since'),
  restored: z.number().int().describe('deals that are again as they were before the import'),
  left: z
    .array(
      z.object({
        dealId: z.uuid(),
        name: z.string().describe('of the contact; empty: deleted'),
        externalId: z.string().nullable(),
        reason: z.enum(UNDO_OBSTACLES),
        changedAt: Instant,
      }),
    )
    .describe('deals that stay as they are'),
});
export type UndoneDealImport = z.infer<typeof UndoneDealImport>;
export const DealImportOptions = ImportDeals.pick({ basedOn: true });

const SharedName = lineOfText(120).min(1).describe('read instead of the contact; name nobody who has not agreed');

/** Shows a deal to the vendor of its campaign, or invites a partner that took part. */
export const NewDealShare = z.discriminatedUnion('with', [
  z.strictObject({ with: z.literal('vendor'), name: SharedName }),
  z.strictObject({ with: z.literal('partner'), name: SharedName, role: DealRole }),
]);

export const DealShareView = z.object({
  id: z.uuid(),
  role: DealRole.nullable().describe('null: shown to the vendor'),
  participantName: z.string().nullable().describe('null: the vendor, or not accepted yet'),
  name: z.string(),
  sharedBy: z.string(),
  sharedAt: Instant,
  acceptedAt: Instant.nullable(),
});
export type DealShareView = z.infer<typeof DealShareView>;
export const DealShareList = z.object({
  items: z.array(DealShareView),
  isInProgramme: z
    .boolean()
    .describe(
      'whether you are in the programme of the deal’s vendor. While you are not, the vendor does not see the deal, and no share can begin. false for a deal of no campaign, too',
    ),
});

export const MadeDealShare = DealShareView.extend({
  invitation: z
    .string()
    .nullable()
    .describe('the secret of an invitation, shown once: send it to the partner; null: shown to the vendor'),
});
export type MadeDealShare = z.infer<typeof MadeDealShare>;

export const AcceptDealInvitation = z.strictObject({ invitation: z.string().min(20).max(100) });

/** What others see of a deal. It follows the deal until it is revoked. */
const DealCopy = z.object({
  id: z.uuid(),
  partnerName: z.string().describe('whose deal it is'),
  name: z.string().describe('empty: its contact was removed'),
  stage: DealStage,
  amount: Amount.nullable(),
  refundedMinor: MinorUnits,
  expectedOn: Day.nullable(),
  closedOn: Day.nullable(),
});

/** A deal of another partner in which you take part. */
export const SharedDealView = DealCopy.extend({ role: DealRole.describe('yours'), acceptedAt: Instant });
export type SharedDealView = z.infer<typeof SharedDealView>;
export const SharedDealPage = pageOf(SharedDealView);

/** A deal that a partner shows to its vendor. Counted once, however many partners took part. */
export const DisclosedDealView = DealCopy.extend({
  partnerId: z.uuid(),
  campaignId: z.uuid(),
  campaignTitle: z.string(),
  campaignTitles: Titles,
  role: z.enum(['sourced', 'fulfilled']).describe('of the partner whose deal it is'),
  participants: z.array(z.object({ id: z.uuid(), name: z.string(), role: DealRole })),
  sharedBy: z.string(),
  sharedAt: Instant,
});
export type DisclosedDealView = z.infer<typeof DisclosedDealView>;
export const DisclosedDealPage = pageOf(DisclosedDealView);
/** Columns that the server sorts deals by that partners show. */
export const DISCLOSED_DEAL_SORTS = ['amount', 'closedOn', 'stage', 'sharedAt'] as const;
export type DisclosedDealSort = SortBy<(typeof DISCLOSED_DEAL_SORTS)[number]>;
/** Absent: deals of all. */
export const DisclosedDealFilter = z.object({
  stage: z.enum(['open', ...DEAL_STAGES]).optional(),
  campaignId: z.uuid().optional(),
  q: Words.optional().describe('a part of the name of the deal, or of a partner that took part in it'),
});
export type DisclosedDealFilter = z.infer<typeof DisclosedDealFilter>;
const DisclosedSort = sortBy(DISCLOSED_DEAL_SORTS).describe(
  'with a minus sign: descending; absent: newest first. Amounts by number, whatever their currency',
);
export const DisclosedDealQuery = PageQuery.extend({ ...DisclosedDealFilter.shape, sort: DisclosedSort });
export const DisclosedDealTableQuery = DisclosedDealFilter.extend({ sort: DisclosedSort, ...TableForm.shape });
