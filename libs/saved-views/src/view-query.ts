import { z } from 'zod';
import {
  Amount,
  ATTRIBUTION_MODELS,
  CampaignState,
  COST_TACTICS,
  DealQuery,
  idSchema,
  lineOfText,
  INSIGHT_PERIODS,
  OF_VENDORS,
  orderFrom,
  PARTNER_STEPS,
  PartnerProgress,
  KEPT_PARAMETERS,
  type KeptParameter,
  SHOWN_TOTALS,
  SORTS,
  type ViewScreen,
} from '#contracts';
import { DAY_MS, DomainError } from '#kernel';

/** The form of a parameter, and what is told where a value has another. */
interface Rule<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly reason: 'choice' | 'form';
  /** The words of a choice, or an example. */
  readonly allowed: string;
}

const choice = <Schema extends z.ZodEnum>(schema: Schema): Rule<Schema> => ({
  schema,
  reason: 'choice',
  allowed: schema.options.join(', '),
});
const form = <Schema extends z.ZodType>(schema: Schema, example: string): Rule<Schema> => ({
  schema,
  reason: 'form',
  allowed: example,
});

/** PostgreSQL knows no year 0. */
const DAY = form(
  z.iso.date().refine((day) => day >= '1900-01-01'),
  '2026-11-17',
);
const ID = form(idSchema(), '0198c0de-0000-7000-8000-000000000000');
const WORDS = form(lineOfText(100).min(1), '1–100');
const COLUMN = form(z.string().regex(/^-?[\w-]{1,60}$/), '-amount');

const RULES = {
  from: DAY,
  to: DAY,
  period: choice(z.enum(INSIGHT_PERIODS)),
  campaign: ID,
  campaignId: form(z.literal('none').or(idSchema()), 'none'),
  partnerId: ID,
  currency: form(Amount.shape.currency, 'EUR'),
  closedFrom: DAY,
  closedTo: DAY,
  expectedFrom: DAY,
  expectedTo: DAY,
  manager: form(z.literal('none').or(idSchema()), 'none'),
  q: WORDS,
  tag: WORDS,
  series: WORDS,
  sort: COLUMN,
  credit: COLUMN,
  returnSort: COLUMN,
  partnerSort: COLUMN,
  tacticSort: COLUMN,
  totalsSort: COLUMN,
  first: COLUMN,
  sums: COLUMN,
  weekSort: COLUMN,
  fourWeekSort: COLUMN,
  partSort: COLUMN,
  bounceSort: COLUMN,
  totals: choice(z.enum(['start', 'period'])),
  totalsQ: WORDS,
  totalsShown: choice(z.enum(SHOWN_TOTALS)),
  model: choice(z.enum(ATTRIBUTION_MODELS)),
  state: choice(CampaignState),
  progress: choice(PartnerProgress),
  step: choice(z.enum(PARTNER_STEPS)),
  tactic: choice(z.enum(COST_TACTICS)),
  stage: choice(DealQuery.shape.stage.unwrap()),
} as const satisfies Readonly<Record<KeptParameter, Rule>>;

/** The parameters of an address. */
/** Costs of no campaign have no list of their own. */
const NARROWER: Partial<Readonly<Record<ViewScreen, Partial<Readonly<Record<KeptParameter, Rule>>>>>> = {
  '/costs': { campaignId: ID },
};

export type ViewQuery = { readonly [Name in KeptParameter]?: z.output<(typeof RULES)[Name]['schema']> };

type Side = 'vendor' | 'partner';

/** Of the tables of a period, as `insight.window`. */
const MOST_DAYS = 400;

/** Why a screen does not know an address; the values of its sentence. */
export interface ViewQueryFault {
  readonly reason: 'parameter' | 'choice' | 'form' | 'days' | 'both' | 'long';
  readonly parameter: string;
  readonly value: string;
  /** Names of parameters, words, or an example; empty for days. */
  readonly allowed: string;
}

/**
 * Reads the address of a screen.
 * @param side whose screen it is: a vendor's has parameters and columns that a partner's lacks.
 * @returns its parameters, or its first fault. Of a parameter that is named twice, the first value counts.
 */
export function readViewQuery(
  side: Side,
  screen: ViewScreen,
  text: string,
): { readonly query: ViewQuery; readonly fault: null } | { readonly query: null; readonly fault: ViewQueryFault } {
  const isShown = (name: string): boolean => side === 'vendor' || OF_VENDORS[screen]?.includes(name) !== true;
  const known: readonly KeptParameter[] = KEPT_PARAMETERS[screen].filter(isShown);
  const values: Partial<Record<KeptParameter, unknown>> = {};
  for (const [parameter, value] of new URLSearchParams(text)) {
    const of = { parameter, value };
    const name = known.find((one) => one === parameter);
    if (name === undefined) return faulty({ ...of, reason: 'parameter', allowed: known.join(', ') });
    const { schema, reason, allowed }: Rule = NARROWER[screen]?.[name] ?? RULES[name];
    const read = schema.safeParse(value);
    if (!read.success) return faulty({ ...of, reason, allowed });
    const sorts: Partial<Readonly<Record<KeptParameter, readonly string[]>>> = SORTS[screen];
    const columns = sorts[name]?.filter(isShown);
    if (columns?.includes(orderFrom(value)?.key ?? '') === false)
      return faulty({
        ...of,
        reason: 'choice',
        allowed: columns.flatMap((column) => [column, `-${column}`]).join(', '),
      });
    values[name] ??= read.data;
  }
  const query = values as ViewQuery;
  const fault = periodFault(query, known.includes('period'));
  return fault === null ? { query, fault } : faulty(fault);
}

const faulty = (fault: ViewQueryFault) => ({ query: null, fault });

/** First and last days that an address may have. */
const RANGES = [
  ['from', 'to'],
  ['closedFrom', 'closedTo'],
  ['expectedFrom', 'expectedTo'],
] as const;

/** @param isPeriod whether the days are a period of results; lists of rows may have longer ones. */
function periodFault(query: ViewQuery, isPeriod: boolean): ViewQueryFault | null {
  for (const [first, last] of RANGES) {
    const [one, other] = [query[first], query[last]];
    if (one !== undefined && other !== undefined && one > other)
      return { reason: 'days', parameter: first, value: `${one} – ${other}`, allowed: '' };
  }
  const { from, to, period } = query;
  if (isPeriod && from !== undefined && to !== undefined) {
    if ((Date.parse(to) - Date.parse(from)) / DAY_MS >= MOST_DAYS)
      return { reason: 'long', parameter: 'from', value: from, allowed: '' };
  }
  if (period !== undefined && (from ?? to) !== undefined)
    return { reason: 'both', parameter: 'period', value: period, allowed: 'from, to' };
  return null;
}

const SENTENCES: Readonly<Record<ViewQueryFault['reason'], (fault: ViewQueryFault) => string>> = {
  parameter: ({ parameter, allowed }) =>
    `This screen has no “${parameter}”. Its address has only these: ${allowed}. Choose the filters on the screen, and save the view there.`,
  choice: ({ parameter, value, allowed }) =>
    `“${parameter}” cannot be “${value}”. Choose one of these: ${allowed}. Set it on the screen, and save the view there.`,
  form: ({ parameter, value, allowed }) =>
    `“${parameter}” cannot be “${value}”. Write it like this: ${allowed}. Or set it on the screen, and save the view there.`,
  days: ({ value }) => `The period ends before it begins: ${value}. Choose a first day that is not after the last.`,
  long: ({ value }) =>
    `The period from ${value} on has become too long: a table has at most 400 days. Choose a later first day, or a period by its name.`,
  both: ({ value }) =>
    `The address has the period “${value}” and days of its own. Choose either of the two, and save the view then.`,
};

/** The fault that an error of `parseViewQuery`, or of the days of a table, tells; null: another error. */
export function faultOf(error: unknown): ViewQueryFault | null {
  if (!(error instanceof DomainError)) return null;
  if (error.code.startsWith('saved-view.query-')) return error.details as unknown as ViewQueryFault;
  if (error.code !== 'insight.window') return null;
  const { from = '', to = '' } = error.details as { readonly from?: string; readonly to?: string };
  if (from > to) return { reason: 'days', parameter: 'from', value: `${from} – ${to}`, allowed: '' };
  // Of a view with a first day alone, which has more days each week.
  return { reason: 'long', parameter: 'from', value: from, allowed: '' };
}

/** @throws DomainError `saved-view.query-…` for an address that the screen does not know. */
export function parseViewQuery(side: Side, screen: ViewScreen, text: string): ViewQuery {
  const { query, fault } = readViewQuery(side, screen, text);
  if (fault === null) return query;
  throw new DomainError(`saved-view.query-${fault.reason}`, SENTENCES[fault.reason](fault), {
    field: 'query',
    ...fault,
  });
}
