import { DAY_MS, type PartnerId } from '#kernel';
import type { Measured } from './requirement.js';

/** Where a partner stands on a day, and what was decided before. */
export interface Standing extends Measured {
  readonly partnerId: PartnerId;
  readonly partnerName: string;
  /** That of the membership. */
  readonly tier: string;
  /** 1 is the highest; null: the tier has no rule. */
  readonly currentRank: number | null;
  readonly earnedRank: number;
  readonly manualTier: string | null;
  /** The last day of the manual tier; null: it has none. */
  readonly manualUntilOn: string | null;
  /** Of the coming drop; null: none is announced. */
  readonly dropTo: string | null;
  readonly dropsOn: string | null;
  /** Whether its people were told of it. */
  readonly isDropTold: boolean;
}

/** What happens to the tier of a partner. */
export type Move =
  /** A drop that was announced is off. */
  | { readonly kind: 'stay' }
  | { readonly kind: 'change'; readonly to: string }
  /** It keeps its tier until `dropsOn`. */
  | { readonly kind: 'announce'; readonly to: string; readonly dropsOn: string }
  /** The drop that was announced leads to another tier, on the same day. */
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'wait' };

interface Rules {
  readonly tiers: readonly { readonly name: string }[];
  readonly graceDays: number;
}

/** Whether a tier that a person has set holds on a day. */
export const isManual = ({ manualTier, manualUntilOn }: Standing, today: string): boolean =>
  manualTier !== null && (manualUntilOn === null || manualUntilOn >= today);

/** Unlisted: its tier is in no rule, such as one that was renamed, so it can neither rise nor fall. */
export type Direction = 'up' | 'down' | 'unlisted' | 'none';

/** Where the tier that a partner earns lies, seen from the one that it has. */
export const directionOf = ({ currentRank, earnedRank }: Standing): Direction => {
  if (currentRank === null) return 'unlisted';
  if (earnedRank === currentRank) return 'none';
  return earnedRank < currentRank ? 'up' : 'down';
};

/**
 * What the rules do with a partner today. A tier without a rule gives way at
 * once: nobody can fall below it. A partner drops only after its people were
 * told, and no lower than they were told.
 */
export function decideMove(standing: Standing, { tiers, graceDays }: Rules, today: string): Move {
  const to = tiers[standing.earnedRank - 1]?.name ?? standing.tier;
  if (isManual(standing, today)) return { kind: 'stay' };
  const direction = directionOf(standing);
  if (direction === 'none') return { kind: 'stay' };
  if (direction !== 'down' || graceDays === 0) return { kind: 'change', to };
  return decideDrop(standing, to, { tiers, graceDays }, today);
}

function decideDrop(standing: Standing, to: string, { tiers, graceDays }: Rules, today: string): Move {
  const { earnedRank, dropTo, dropsOn, isDropTold } = standing;
  const announcedRank = announcedRankOf(standing, tiers);
  if (dropTo === null || dropsOn === null || announcedRank === null)
    return { kind: 'announce', to, dropsOn: dayAfter(today, graceDays) };
  // The next evaluation announces the rest of the drop, with a grace period of its own.
  const isTooLow = isDropTold && earnedRank > announcedRank;
  if (isDropTold && dropsOn <= today) return { kind: 'change', to: isTooLow ? dropTo : to };
  return dropTo === to || isTooLow ? { kind: 'wait' } : { kind: 'redirect', to };
}

/** @returns null: no drop is announced, or these rules have none such: the tier is gone, or not below any more. */
function announcedRankOf({ dropTo, currentRank }: Standing, tiers: Rules['tiers']): number | null {
  const rank = tiers.findIndex(({ name }) => name === dropTo) + 1;
  return rank > (currentRank ?? 0) ? rank : null;
}

/** @returns the day so many days later. */
const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
