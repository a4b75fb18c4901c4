import { z } from 'zod';
import { ATTRIBUTION_MODELS } from './attribution.contract.js';
import { COST_SORTS } from './cost.contract.js';
import { DEAL_SORTS } from './deal.contract.js';
import { PARTNER_STANDING_SORTS } from './programme-activity.contract.js';
import { PARTNER_TOTALS_TABLE_SORTS } from './shared-totals.contract.js';
import { lineOfText } from './text.contract.js';

/** Screens whose filters, sort and period are in their address. */
const ViewScreen = z.enum([
  '/campaign-results',
  '/campaigns',
  '/partners',
  '/partner-activity',
  '/costs',
  '/results',
  '/deals',
]);
export type ViewScreen = z.infer<typeof ViewScreen>;

/**
 * Tables of a screen that are sent by e-mail, the usual one first. None has names of contacts: a copy in a mailbox
 * stays when the contact is deleted. The CHECK of `saved_views.mail.content` (0402-saved-views-more-tables.sql) has
 * the same names.
 */
const TABLES = {
  '/campaign-results': ['results', 'returns', 'tactics', 'totals', 'first-results', 'deal-sums'],
  '/campaigns': [],
  '/partners': [],
  '/partner-activity': ['partners'],
  '/costs': ['costs'],
  '/results': ['results', 'returns', 'tactics', 'attribution', 'first-results'],
  '/deals': ['deals'],
} as const satisfies Readonly<Record<ViewScreen, readonly string[]>>;
export type ViewTableName = (typeof TABLES)[ViewScreen][number];
export const TABLES_OF: Readonly<Record<ViewScreen, readonly ViewTableName[]>> = TABLES;
const ViewTableName = z.enum([...new Set<ViewTableName>(Object.values(TABLES).flat())]);

const DAYS = ['from', 'to', 'period'] as const;
/** Parameters of the address of a screen that a view keeps. */
export const KEPT_PARAMETERS = {
  '/campaign-results': [
    ...DAYS,
    'campaign',
    'q',
    'series',
    'sort',
    'returnSort',
    'partnerSort',
    'tacticSort',
    'totals',
    'totalsQ',
    'totalsShown',
    'totalsSort',
    'first',
    'sums',
    'weekSort',
    'fourWeekSort',
    'partSort',
  ],
  '/campaigns': ['q', 'state', 'tag'],
  '/partners': ['q', 'progress', 'manager', 'sort'],
  '/partner-activity': ['step', 'q', 'sort'],
  '/costs': ['campaignId', 'partnerId', 'tactic', 'from', 'to', 'sort'],
  '/results': [...DAYS, 'series', 'sort', 'credit', 'returnSort', 'tacticSort', 'model', 'first', 'bounceSort'],
  '/deals': ['stage', 'campaignId', 'currency', 'closedFrom', 'closedTo', 'expectedFrom', 'expectedTo', 'q', 'sort'],
} as const satisfies Readonly<Record<ViewScreen, readonly string[]>>;
export type KeptParameter = (typeof KEPT_PARAMETERS)[ViewScreen][number];

/**
 * Columns by which tables of a screen are sorted, by the parameter that has the sort:
 * `sort=amount`, `sort=-amount`. The screen, its address and the files of its views
 * have the same names.
 */
export const SORTS = {
  '/campaign-results': {
    sort: ['campaign', 'offered', 'launched', 'sent', 'bounced', 'clicked', 'leads', 'won'],
    returnSort: ['campaign', 'costs', 'won', 'roi', 'open', 'pipelinePerCost', 'leads', 'costPerLead'],
    partnerSort: ['partner', 'costs', 'won'],
    tacticSort: ['tactic', 'costs'],
    totalsSort: PARTNER_TOTALS_TABLE_SORTS,
    first: ['campaign'],
    sums: ['until', 'partners', 'won'],
    weekSort: ['starts-on', 'sent', 'bounced'],
    fourWeekSort: ['starts-on', 'clicked', 'replied', 'unsubscribed', 'complained', 'leads', 'won'],
    partSort: ['sent', 'clicked'],
  },
  '/campaigns': {},
  '/partners': { sort: ['name', 'tier', 'region', 'country', 'manager', 'since'] },
  '/partner-activity': { sort: PARTNER_STANDING_SORTS },
  '/costs': { sort: ['description', 'campaign', 'partner', ...COST_SORTS] },
  '/results': {
    sort: [
      'campaign',
      'sent',
      'delivered',
      'clicks',
      'clicked',
      'leads',
      'won',
      'money-won',
      'money-open',
      'money-lost',
    ],
    credit: ['channel', ...ATTRIBUTION_MODELS],
    returnSort: [
      'campaign',
      'costs',
      'won',
      'roi',
      'open',
      'pipelinePerCost',
      'leads',
      'costPerLead',
      'costPerWonDeal',
    ],
    tacticSort: ['costs', 'won', 'roi'],
    first: ['campaign', 'launches', 'lead', 'deal', 'won'],
    bounceSort: ['all', 'rate'],
  },
  '/deals': { sort: ['name', 'campaign', ...DEAL_SORTS] },
} as const satisfies Readonly<Record<ViewScreen, Partial<Readonly<Record<KeptParameter, readonly string[]>>>>>;

/** What the same screen has for a vendor alone: a partner's costs name no other partner. */
export const OF_VENDORS: Partial<Readonly<Record<ViewScreen, readonly string[]>>> = {
  '/costs': ['partnerId', 'partner'],
};

const WhichTable = ViewTableName.optional().describe('absent: the usual table of the screen');

const Name = lineOfText(80).min(1);
const Query = z.string().max(1000).describe('of the address, without the question mark');

export const NewSavedView = z.strictObject({ name: Name, screen: ViewScreen, query: Query, isShared: z.boolean() });
/** What is absent stays. */
export const ChangeSavedView = z.strictObject({ name: Name.optional(), isShared: z.boolean().optional() });

const Hour = z.number().int().min(0).max(23);
export const ViewMailFormat = z.enum(['csv', 'pdf']);
export type ViewMailFormat = z.infer<typeof ViewMailFormat>;

/** When a person gets a view by e-mail, in the person's time zone. */
export const ViewMail = z.discriminatedUnion('rhythm', [
  z.strictObject({
    rhythm: z.literal('weekly'),
    day: z.number().int().min(1).max(7).describe('1 is Monday'),
    hour: Hour,
    format: ViewMailFormat,
    table: WhichTable,
  }),
  z.strictObject({
    rhythm: z.literal('monthly'),
    day: z.number().int().min(1).max(28).describe('of the month'),
    hour: Hour,
    format: ViewMailFormat,
    table: WhichTable,
  }),
]);
export type ViewMail = z.infer<typeof ViewMail>;

export const SavedViewItem = z.object({
  id: z.uuid(),
  name: z.string(),
  screen: ViewScreen,
  query: z.string(),
  isShared: z.boolean(),
  isOwn: z.boolean(),
  ownerName: z.string(),
  tables: z.array(ViewTableName).describe('that can be sent, the usual one first; empty: none'),
  mail: z
    .object({
      rhythm: z.enum(['weekly', 'monthly']),
      day: z.number().int(),
      hour: z.number().int(),
      format: ViewMailFormat,
      table: ViewTableName,
      nextAt: z.iso.datetime(),
    })
    .nullable()
    .describe('to the reader; null: not sent'),
});
export type SavedViewItem = z.infer<typeof SavedViewItem>;

/** The reader's own views and those that colleagues share, by name. */
export const SavedViews = z.object({
  items: z.array(SavedViewItem),
  timeZone: z.string().describe('in which e-mails come'),
});
export type SavedViews = z.infer<typeof SavedViews>;

/** A view as a file, as it is sent. */
export const ViewFileQuery = z.object({ format: ViewMailFormat, table: WhichTable });
