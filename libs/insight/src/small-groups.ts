import { type Counts, sum } from './numbers.js';

/** A number about fewer partners than this is not shown to a vendor. */
export const SMALLEST_GROUP = 5;

/** Zero partners reveal no partner. */
export const isEnough = (partners: number): boolean => partners === 0 || partners >= SMALLEST_GROUP;

/**
 * One campaign in one week: the smallest thing of which everything is shown.
 */
export interface CampaignWeek {
  /** Partners with any count. */
  readonly partners: number;
  readonly counts: Counts;
}

export const isShown = ({ partners }: CampaignWeek): boolean => isEnough(partners);

/**
 * The sum of the shown cells. A total with hidden cells would reveal one as
 * soon as its other parts are known.
 */
export function sumOfShown(cells: readonly CampaignWeek[]): Counts {
  return sum(cells.filter(isShown).map(({ counts }) => counts));
}

/** A recipient variant of a step, within a cell. */
export interface Breakdown extends CampaignWeek {
  readonly stepKey: string;
  readonly variant: string;
}

/**
 * The shown parts of a shown cell, and one rest with all others. A reader can
 * subtract the parts from the whole. So the rest also needs five partners, or
 * the smallest shown part is merged into it.
 * @param inSmall partners in all parts of fewer than five, together.
 */
export function splitShown<P extends Breakdown>(
  parts: readonly P[],
  inSmall: number,
): { shown: P[]; rest: Counts | null } {
  const small = parts.filter((part) => !isShown(part));
  const large = parts.filter(isShown).sort((a, b) => b.partners - a.partners || byName(a, b));
  if (!isEnough(inSmall)) small.push(...large.splice(-1));
  return { shown: large.sort(byName), rest: small.length === 0 ? null : sum(small.map(({ counts }) => counts)) };
}

const byName = (a: Breakdown, b: Breakdown): number =>
  a.stepKey.localeCompare(b.stepKey, 'en') || a.variant.localeCompare(b.variant, 'en');
