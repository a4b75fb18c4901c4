import type { Touch } from './touch.js';

/** Why a touch gets its weight. The portal and the API have a sentence for each. */
export type CreditReason =
  | 'first-touch'
  | 'last-touch'
  | 'only-touch'
  | 'same-for-each'
  | 'lead-touch'
  | 'between'
  | 'time-before-close'
  | 'removal-effect'
  | 'shapley-value';

/** The weight of a touch within its path: an integer, compared with the other weights of the path only. */
export interface Weight {
  readonly touch: Touch;
  readonly weight: bigint;
  readonly reason: CreditReason;
}

/** A touch's part of a deal. */
export interface Credit extends Weight {
  /** In the currency's smallest unit. */
  readonly amountMinor: bigint;
}

/**
 * Divides an amount by weights, by largest remainder: each touch gets its exact part rounded down, and the
 * units that are left go to the largest remainders, the earlier touch first. The credits sum to the amount.
 * Integers only, so that two machines give the same cents.
 * @param amountMinor In the currency's smallest unit; negative for a refund.
 * @param weights In the order of the path, none below zero; a path whose weights are all zero is divided
 *   equally.
 * @returns One credit per weight; none for an empty path: its amount is credited to nothing.
 */
export function divide(amountMinor: bigint, weights: readonly Weight[]): Credit[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((total, { weight }) => total + weight, 0n);
  const [whole, weightOf] = sum > 0n ? [sum, ({ weight }: Weight) => weight] : [BigInt(weights.length), () => 1n];
  const sign = amountMinor < 0n ? -1n : 1n;
  const size = amountMinor * sign;
  const parts = weights.map((each, place) => {
    const product = size * weightOf(each);
    return { each, place, units: product / whole, remainder: product % whole };
  });
  const left = size - parts.reduce((total, { units }) => total + units, 0n);
  const roundedUp = new Set(parts.toSorted(byRemainder).slice(0, Number(left)));
  return parts.map((part) => ({
    ...part.each,
    amountMinor: sign * (part.units + (roundedUp.has(part) ? 1n : 0n)),
  }));
}

interface Part {
  readonly place: number;
  readonly remainder: bigint;
}

function byRemainder(one: Part, other: Part): number {
  if (one.remainder === other.remainder) return one.place - other.place;
  return one.remainder < other.remainder ? 1 : -1;
}
