import { moved, neededOf, newTier, startingTiers, withNeeded } from './edited-tiers';

const names = (tiers: readonly { readonly name: string }[]): string[] => tiers.map(({ name }) => name);

describe('tiers in the form', () => {
  it('begin with those that partners have, above one for all others', () => {
    expect(names(startingTiers(['Gold', 'registered'], 'Registered'))).toEqual(['Gold', 'Registered']);
  });

  it('move up and down', () => {
    const tiers = ['A', 'B', 'C'].map(newTier);
    expect(names(moved(tiers, 2, 0))).toEqual(['C', 'A', 'B']);
    expect(names(moved(tiers, 0, 1))).toEqual(['B', 'A', 'C']);
  });

  it('need a fact once, and no longer when its field is emptied', () => {
    const tier = withNeeded(withNeeded(newTier('A'), 'launches', 2), 'launches', 3);
    expect(tier.rule.facts).toEqual([{ fact: 'launches', atLeast: 3 }]);
    expect(neededOf(withNeeded(tier, 'launches', ''), 'launches')).toBe('');
  });
});
