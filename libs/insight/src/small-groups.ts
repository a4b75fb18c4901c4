import { type Counts, sum } from './numbers.js';

/** A number about fewer partners than this is not shown to a vendor. */
export const SMALLEST_GROUP = 5;

/** One campaign in one week: the smallest thing that is ever shown, and never in parts. */
export interface Cell {
  /** Partners for whom anything was counted. */
  readonly partners: number;
  readonly counts: Counts;
}

export const isShown = ({ partners }: Cell): boolean => partners === 0 || partners >= SMALLEST_GROUP;

/**
 * The sum of the cells that are shown. Hidden cells are in no sum: a total that held them would give them away as soon as all but one
 * of its parts are known.
 */
export function sumOfShown(cells: readonly Cell[]): Counts {
  return sum(cells.filter(isShown).map(({ counts }) => counts));
}

/** @param group how many the number is counted in. */
export const shownIn = (group: number, count: number): number | null => (group >= SMALLEST_GROUP ? count : null);
