import { type Document, isMap } from 'yaml';
import { readYaml } from '../yaml-file';
import type { WrittenEntry } from './entries';
import type { WrittenBranch } from './steps';

/** Rules of a whole sequence, as in `campaign.yaml`. */
export interface WrittenRules {
  readonly window?: { readonly from?: string; readonly to?: string; readonly weekdays?: readonly string[] };
  readonly quietHours?: { readonly from?: string; readonly to?: string };
  readonly timeZone?: string;
  readonly holidays?: Readonly<Record<string, readonly string[]>>;
  readonly publicHolidays?: 'send';
  readonly blackouts?: readonly Span[];
  readonly dailyLimit?: number;
  readonly partnerMay?: readonly string[];
  readonly holdOut?: { readonly percent?: number };
  readonly reentry?: { readonly afterDays?: number };
  /** Absent: the list at launch, from the first step. */
  readonly entries?: readonly WrittenEntry[];
  readonly exits?: readonly WrittenBranch[];
  readonly goals?: readonly WrittenGoal[];
}

/** Dates, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

interface WrittenGoal extends WrittenBranch {
  readonly key: string;
  readonly ends?: boolean;
}

/**
 * What a partner can change about an action, as one value; undefined: as the
 * sequence says.
 */
export const PARTNER_CHANGES = ['shift,skip', 'shift', 'skip', 'nothing'] as const;
export type PartnerChange = (typeof PARTNER_CHANGES)[number];

export const partnerChangeOf = (written: readonly string[] | undefined): PartnerChange | undefined => {
  if (written === undefined) return undefined;
  const words = (['shift', 'skip'] as const).filter((word) => written.includes(word)).join(',');
  return PARTNER_CHANGES.find((may) => may === words) ?? 'nothing';
};

export const toPartnerChanges = (may: string): readonly string[] | null =>
  may === '' ? null : may === 'nothing' ? [] : may.split(',');

/** Rules of a sequence; empty if the file cannot be read. */
export function readRules(campaign: string): WrittenRules {
  const file = readYaml(campaign);
  const sequence = file.ok ? file.document.get('sequence') : undefined;
  if (!isMap(sequence)) return {};
  const written = Object.entries(sequence.toJSON() as WrittenRules).filter(([rule]) => rule !== 'steps');
  return Object.fromEntries(written);
}

/**
 * Sets a rule, in front of the steps.
 * Null, an empty list or an empty map removes it.
 */
export function writeRule(document: Document, rule: keyof WrittenRules, value: unknown): void {
  const isNothing =
    value === null || (typeof value === 'object' && rule !== 'partnerMay' && rule !== 'exits' && isEmpty(value));
  if (isNothing) {
    document.deleteIn(['sequence', rule]);
    return;
  }
  const sequence = document.get('sequence');
  const node = document.createNode(value, { flow: true });
  if (!isMap(sequence) || sequence.has(rule)) {
    document.setIn(['sequence', rule], node);
    return;
  }
  const steps = sequence.items.findIndex(({ key }) => String(key) === 'steps');
  sequence.items.splice(steps === -1 ? sequence.items.length : steps, 0, document.createPair(rule, node) as never);
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;
