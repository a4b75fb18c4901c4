import { SMALLEST_GROUP } from '../thresholded-counts.js';

/** What a partner adds to a sum, in the currency's smallest unit. Below zero: refunds. */
interface PartnerPart {
  readonly minorUnits: bigint;
}

/** No partner is more than so much of a sum: two fifths. */
const LARGEST_PART = { of: 5n, at: 2n } as const;
export const LARGEST_PERCENT = Number((LARGEST_PART.at * 100n) / LARGEST_PART.of);

/** Parts without partners that add nothing: they make no group larger. */
export const partsThatCount = <Part extends PartnerPart>(parts: readonly Part[]): Part[] =>
  parts.filter(({ minorUnits }) => minorUnits !== 0n);

/**
 * Whether the sum of the parts may be told without names: it has five partners or more, and none is more
 * than 40 % of it, signs left aside. So a partner that knows its own part still misjudges the largest other
 * one by half or more: of the whole, at most 40 % is its own and 40 % the other's, and 20 % is left.
 *
 * Threshold, dominance and p-percent rules: Hundepool et al., "Statistical Disclosure Control" (2012), ch. 4.
 */
export function isDisclosable(parts: readonly PartnerPart[]): boolean {
  const counted = partsThatCount(parts);
  if (counted.length < SMALLEST_GROUP) return false;
  const whole = counted.reduce((sum, part) => sum + size(part), 0n);
  return counted.every((part) => size(part) * LARGEST_PART.of <= whole * LARGEST_PART.at);
}

const size = ({ minorUnits }: PartnerPart): bigint => (minorUnits < 0n ? -minorUnits : minorUnits);
