import { type Counts, sum } from './numbers.js';

/** A number about fewer partners than this is not shown to a vendor. */
export const SMALLEST_GROUP = 5;

/** Nobody is nobody's number. */
export const isEnough = (partners: number): boolean => partners === 0 || partners >= SMALLEST_GROUP;

/** One campaign in one week: the smallest thing of which everything is shown. */
export interface CampaignWeek {
  /** Partners for whom anything was counted. */
  readonly partners: number;
  readonly counts: Counts;
}

export const isShown = ({ partners }: CampaignWeek): boolean => isEnough(partners);

/**
 * The sum of the cells that are shown. Hidden cells are in no sum: a total that held them would give them away as soon as all but one
 * of its parts are known.
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
 * The parts of a cell that is shown, of which each is shown, and all others as one rest. Whoever takes the parts from the whole has the rest: so it is
 * one of five partners or more, too, or the part of the fewest partners goes into it.
 * @param inSmall how many partners are in the parts of fewer than five, together.
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
