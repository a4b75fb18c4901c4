import type { Tier, TierFact } from '#contracts';

/** A tier that needs nothing yet. */
export const newTier = (name: string): Tier => ({
  name,
  about: '',
  rule: { period: { unit: 'months', count: 6 }, facts: [], conditions: [] },
});

/** Tiers to begin with: those that partners have, above one for all others. */
export const startingTiers = (known: readonly string[], lowest: string): Tier[] =>
  [...known.filter((name) => name.toLowerCase() !== lowest.toLowerCase()), lowest].map(newTier);

/** The tiers with one at another place. */
export function moved(tiers: readonly Tier[], from: number, to: number): Tier[] {
  const [tier] = tiers.slice(from, from + 1);
  return tier === undefined ? [...tiers] : tiers.toSpliced(from, 1).toSpliced(to, 0, tier);
}

/** How much of a fact a tier needs; empty: it does not count. */
export const neededOf = ({ rule }: Tier, fact: TierFact): number | '' =>
  rule.facts.find((one) => one.fact === fact)?.atLeast ?? '';

/** @param atLeast empty: the fact does not count. */
export function withNeeded(tier: Tier, fact: TierFact, atLeast: number | ''): Tier {
  const others = tier.rule.facts.filter((one) => one.fact !== fact);
  return { ...tier, rule: { ...tier.rule, facts: atLeast === '' ? others : [...others, { fact, atLeast }] } };
}
