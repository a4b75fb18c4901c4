import type { PartnerId } from '#kernel';
import { decideMove, directionOf, type Standing } from './tier-move.js';

const RULES = { tiers: [{ name: 'Gold' }, { name: 'Silver' }, { name: 'Bronze' }], graceDays: 30 };
const TODAY = '2026-11-27';

const partner = (given: Partial<Standing>): Standing => ({
  partnerId: 'p' as PartnerId,
  partnerName: 'Brightwater',
  tier: 'Silver',
  currentRank: 2,
  earnedRank: 2,
  results: [],
  manualTier: null,
  manualUntilOn: null,
  dropTo: null,
  dropsOn: null,
  isDropTold: false,
  ...given,
});
const announced = { dropTo: 'Bronze', dropsOn: '2026-11-27', isDropTold: true };

describe('the move of a partner between tiers', () => {
  it('rises at once', () => {
    expect(decideMove(partner({ earnedRank: 1 }), RULES, TODAY)).toEqual({ kind: 'change', to: 'Gold' });
  });

  it('keeps its tier for the grace period when it falls', () => {
    const fallen = partner({ earnedRank: 3 });
    expect(decideMove(fallen, RULES, TODAY)).toEqual({ kind: 'announce', to: 'Bronze', dropsOn: '2026-12-27' });
  });

  it('drops at once without a grace period', () => {
    const rules = { ...RULES, graceDays: 0 };
    expect(decideMove(partner({ earnedRank: 3 }), rules, TODAY)).toEqual({ kind: 'change', to: 'Bronze' });
  });

  it('drops on the announced day, and not before', () => {
    const fallen = partner({ earnedRank: 3, ...announced });
    expect(decideMove(fallen, RULES, '2026-11-26')).toEqual({ kind: 'wait' });
    expect(decideMove(fallen, RULES, TODAY)).toEqual({ kind: 'change', to: 'Bronze' });
  });

  it('does not drop before its people were told', () => {
    const fallen = partner({ earnedRank: 3, ...announced, isDropTold: false });
    expect(decideMove(fallen, RULES, '2027-03-01')).toEqual({ kind: 'wait' });
  });

  it('keeps its tier when it earns it again in time', () => {
    expect(decideMove(partner(announced), RULES, TODAY)).toEqual({ kind: 'stay' });
  });

  it('keeps the announced day when the drop leads to another tier', () => {
    const fallen = partner({ currentRank: 1, earnedRank: 2, ...announced, dropsOn: '2026-12-20' });
    expect(decideMove(fallen, RULES, TODAY)).toEqual({ kind: 'redirect', to: 'Silver' });
  });

  it('drops no lower than its people were told', () => {
    const toldOfSilver = { ...announced, dropTo: 'Silver' };
    const fallen = partner({ tier: 'Gold', currentRank: 1, earnedRank: 3, ...toldOfSilver });
    expect(decideMove(fallen, RULES, '2026-11-26')).toEqual({ kind: 'wait' });
    expect(decideMove(fallen, RULES, TODAY)).toEqual({ kind: 'change', to: 'Silver' });
    const untold = { ...fallen, isDropTold: false };
    expect(decideMove(untold, RULES, '2026-11-26')).toEqual({ kind: 'redirect', to: 'Bronze' });
  });

  it('is told anew when the announced tier is gone, or not below any more', () => {
    const anew = { kind: 'announce', to: 'Bronze', dropsOn: '2026-12-27' };
    expect(decideMove(partner({ earnedRank: 3, ...announced, dropTo: 'Base' }), RULES, TODAY)).toEqual(anew);
    expect(decideMove(partner({ earnedRank: 3, ...announced, dropTo: 'Gold' }), RULES, TODAY)).toEqual(anew);
  });

  it('leaves a tier without a rule at once, and neither rises nor falls', () => {
    const named = partner({ tier: 'Strategic', currentRank: null, earnedRank: 3 });
    expect(directionOf(named)).toBe('unlisted');
    expect(decideMove(named, RULES, TODAY)).toEqual({ kind: 'change', to: 'Bronze' });
  });

  it('keeps a tier that a person set, to its last day', () => {
    const manual = partner({ earnedRank: 3, manualTier: 'Silver', manualUntilOn: TODAY });
    expect(decideMove(manual, RULES, TODAY)).toEqual({ kind: 'stay' });
    expect(decideMove(manual, RULES, '2026-11-28')).toMatchObject({ kind: 'announce', to: 'Bronze' });
    expect(decideMove({ ...manual, manualUntilOn: null }, RULES, '2030-01-01')).toEqual({ kind: 'stay' });
  });
});
