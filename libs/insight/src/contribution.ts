import type { CampaignId } from '#kernel';
import type { ReleaseKind } from '#release';
import type { Rhythm } from './release-calendar.js';

/** What people do after a message. */
export const RESPONSES = ['clicked', 'replied', 'unsubscribed', 'complained', 'leads', 'won'] as const;
type Response = (typeof RESPONSES)[number];

/** A person counts with at most so many messages in a week. */
const SENT_OF_A_WEEK = 4;
/** A person counts as reached in at most so many parts in four weeks. */
const SENT_PARTS = 6;

interface ResultTable {
  readonly kind: ReleaseKind;
  readonly rhythm: Rhythm;
  /** Standard deviation of the noise of each number, in people. */
  readonly sd: number;
  /**
   * The greatest distance (L2) that one person makes in the tables of a span,
   * over all campaigns of a vendor.
   */
  readonly bound: number;
}

/**
 * The tables of a campaign that are released. The noise follows from what one
 * person can move: docs/privacy.md has the sums.
 */
export const RESULT_TABLES = {
  sent: { kind: 'sent', rhythm: 'week', sd: 60, bound: SENT_OF_A_WEEK },
  bounced: { kind: 'bounced', rhythm: 'week', sd: 25, bound: 1 },
  responses: { kind: 'responses', rhythm: 'four-weeks', sd: 12.5, bound: Math.sqrt(RESPONSES.length) },
  partsSent: { kind: 'steps', rhythm: 'four-weeks', sd: 50, bound: Math.sqrt(SENT_PARTS) },
  partsClicked: { kind: 'steps', rhythm: 'four-weeks', sd: 20, bound: 1 },
} as const satisfies Record<string, ResultTable>;
export type ResultTableName = keyof typeof RESULT_TABLES;

/**
 * Messages or responses of one person in one campaign, step and variant, in a
 * span.
 */
export interface PersonFact {
  readonly kind: 'sent' | 'bounced' | Response;
  readonly campaignId: CampaignId;
  /** Empty without a message. */
  readonly stepKey: string;
  /** Empty where it was not recorded. */
  readonly variant: string;
  readonly n: number;
}

/** By how much a person increases one number. */
export interface Contribution {
  readonly table: ResultTableName;
  readonly campaignId: CampaignId;
  readonly cell: string;
  readonly n: number;
}

/** The name of a part's number: its step and recipient variant. */
export const partCell = (stepKey: string, variant: string): string => JSON.stringify([stepKey, variant]);

/**
 * A person's part of a week: at most four messages and one bounce, over all
 * campaigns of the vendor.
 * @param facts of one person in one week, oldest first.
 */
export function weekContributions(facts: readonly PersonFact[]): Contribution[] {
  const found: Contribution[] = [];
  let left = SENT_OF_A_WEEK;
  for (const { kind, campaignId, n } of facts) {
    if (kind !== 'sent' || left <= 0 || n <= 0) continue;
    found.push({ table: 'sent', campaignId, cell: 'sent', n: Math.min(n, left) });
    left -= n;
  }
  const bounced = facts.find(({ kind, n }) => kind === 'bounced' && n > 0);
  if (bounced !== undefined) found.push({ table: 'bounced', campaignId: bounced.campaignId, cell: 'bounced', n: 1 });
  return found;
}

/**
 * What a person did in four weeks: each response once, in the campaign where it
 * happened first.
 * @param facts of one person, oldest first.
 */
export function responseContributions(facts: readonly PersonFact[]): Contribution[] {
  return RESPONSES.flatMap((cell): Contribution[] => {
    const first = facts.find(({ kind, n }) => kind === cell && n > 0);
    return first === undefined ? [] : [{ table: 'responses', campaignId: first.campaignId, cell, n: 1 }];
  });
}

/**
 * The steps and variants that a person got in four weeks: at most six, each
 * once, and the first of them in which the person clicked.
 * @param facts of one person, oldest first.
 * @param parts the cells that are released, by campaign.
 */
export function partContributions(
  facts: readonly PersonFact[],
  parts: ReadonlyMap<CampaignId, ReadonlySet<string>>,
): Contribution[] {
  const inParts = facts.flatMap(({ kind, campaignId, stepKey, variant, n }) => {
    const cell = partCell(stepKey, variant);
    return n > 0 && parts.get(campaignId)?.has(cell) === true ? [{ kind, campaignId, cell }] : [];
  });
  const sent = new Map<string, Contribution>();
  for (const { kind, campaignId, cell } of inParts)
    if (kind === 'sent' && sent.size < SENT_PARTS)
      sent.set(`${campaignId} ${cell}`, { table: 'partsSent', campaignId, cell, n: 1 });
  const clicked = inParts.find(({ kind }) => kind === 'clicked');
  if (clicked === undefined) return [...sent.values()];
  const { campaignId, cell } = clicked;
  return [...sent.values(), { table: 'partsClicked', campaignId, cell, n: 1 }];
}
