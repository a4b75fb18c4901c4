import { z } from 'zod';
import {
  ATTRIBUTION_MODELS,
  CampaignState,
  COST_TACTICS,
  DealQuery,
  idSchema,
  INSIGHT_PERIODS,
  PARTNER_STEPS,
  PartnerProgress,
  KEPT_PARAMETERS,
  type KeptParameter,
  type ViewScreen,
} from '#contracts';
import { DAY_MS, DomainError } from '#kernel';

/** What a parameter of an address can be: one of several words, or what a form or length allows. */
type Rule =
  | { readonly choices: readonly string[] }
  | { readonly isValid: (value: string) => boolean; readonly example: string };

const isId = (value: string): boolean => idSchema().safeParse(value).success;
const DAY: Rule = { isValid: (value) => z.iso.date().safeParse(value).success, example: '2026-11-17' };
const ID: Rule = { isValid: isId, example: '0198c0de-0000-7000-8000-000000000000' };
const WORDS: Rule = { isValid: (value) => value.length <= 100, example: '1–100' };
const COLUMN: Rule = { isValid: (value) => /^-?[\w-]{1,60}$/.test(value), example: '-amount' };

const RULES: Readonly<Record<KeptParameter, Rule>> = {
  from: DAY,
  to: DAY,
  period: { choices: INSIGHT_PERIODS },
  campaign: ID,
  campaignId: ID,
  partnerId: ID,
  manager: { isValid: (value) => value === 'none' || isId(value), example: 'none' },
  q: WORDS,
  tag: WORDS,
  series: WORDS,
  sort: COLUMN,
  credit: COLUMN,
  returnSort: COLUMN,
  partnerSort: COLUMN,
  tacticSort: COLUMN,
  totals: { choices: ['start', 'period'] },
  model: { choices: ATTRIBUTION_MODELS },
  state: { choices: CampaignState.options },
  progress: { choices: PartnerProgress.options },
  step: { choices: PARTNER_STEPS },
  tactic: { choices: COST_TACTICS },
  stage: { choices: DealQuery.shape.stage.unwrap().options },
};

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

/** The first fault of an address; null: its screen shows what it says. */
export function viewQueryFault(screen: ViewScreen, query: string): ViewQueryFault | null {
  const known: readonly string[] = KEPT_PARAMETERS[screen];
  const params = new URLSearchParams(query);
  for (const [parameter, value] of params) {
    const of = { parameter, value };
    if (!known.includes(parameter)) return { ...of, reason: 'parameter', allowed: known.join(', ') };
    const rule = RULES[parameter as KeptParameter];
    if ('choices' in rule && !rule.choices.includes(value))
      return { ...of, reason: 'choice', allowed: rule.choices.join(', ') };
    if ('isValid' in rule && !rule.isValid(value)) return { ...of, reason: 'form', allowed: rule.example };
  }
  const [from, to, period] = [params.get('from'), params.get('to'), params.get('period')];
  if (from !== null && to !== null && from > to)
    return { reason: 'days', parameter: 'from', value: `${from} – ${to}`, allowed: '' };
  if (from !== null && to !== null && (Date.parse(to) - Date.parse(from)) / DAY_MS >= MOST_DAYS)
    return { reason: 'long', parameter: 'from', value: from, allowed: '' };
  if (period !== null && (from ?? to) !== null)
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

/** The fault that an error of `checkViewQuery`, or of the days of a table, tells; null: another error. */
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
export function checkViewQuery(screen: ViewScreen, query: string): void {
  const fault = viewQueryFault(screen, query);
  if (fault !== null)
    throw new DomainError(`saved-view.query-${fault.reason}`, SENTENCES[fault.reason](fault), {
      field: 'query',
      ...fault,
    });
}
