import { SMALLEST_GROUP } from '../thresholded-counts.js';

/** What a partner adds to a sum, in the currency's smallest unit. Below zero: refunds. */
interface PartnerPart {
  readonly minorUnits: bigint;
}

/** No part is larger than so much of the sum that is told: two fifths. */
const LARGEST_PART = { of: 5n, at: 2n } as const;
export const LARGEST_PERCENT = Number((LARGEST_PART.at * 100n) / LARGEST_PART.of);

/** Parts without partners that add nothing: they make no group larger. */
export const partsThatCount = <Part extends PartnerPart>(parts: readonly Part[]): Part[] =>
  parts.filter(({ minorUnits }) => minorUnits !== 0n);

/**
 * Whether the sum of the parts may be told without names: it is above zero, five partners or more add to it, and
 * no part, of wins or of refunds, is larger than 40 % of the sum that is told. Against the parts without their signs,
 * refunds would make room for one partner: of 400, -150, 150, -150 and 150 the sum told is the first part.
 *
 * - A partner that subtracts its own part, and takes the rest for another one's, is off by half of it or more: of
 *   the sum, at most 40 % is its own and 40 % the other's, so 20 % is left. Sums above zero keep that when they are
 *   added up.
 * - Four others at least can make up for its own refunds, so it cannot exclude that another part is next to nothing.
 *
 * Neither holds for a vendor with two partners of its own or more (docs/privacy.md#money).
 *
 * Threshold, dominance and p-percent rules: Hundepool et al., "Statistical Disclosure Control" (2012), ch. 4.
 */
export function isDisclosable(parts: readonly PartnerPart[]): boolean {
  if (parts.filter(({ minorUnits }) => minorUnits > 0n).length < SMALLEST_GROUP) return false;
  const told = parts.reduce((sum, { minorUnits }) => sum + minorUnits, 0n);
  return told > 0n && parts.every((part) => size(part) * LARGEST_PART.of <= told * LARGEST_PART.at);
}

const size = ({ minorUnits }: PartnerPart): bigint => (minorUnits < 0n ? -minorUnits : minorUnits);
