import { newId, type PartnerId } from '#kernel';
import { distinctTraits, matches } from './partner-group.js';

const MEMBER = {
  tier: 'Gold',
  region: 'emea',
  countryCode: 'GB',
  partnerId: newId<PartnerId>(),
  status: 'active',
} as const;

describe('the rule of a partner group', () => {
  it.each([
    [{ tiers: ['gold'] }, true],
    [{ tiers: ['GOLD'], regions: ['EMEA'] }, true],
    [{ regions: ['Emea', 'apac'] }, true],
    [{ tiers: ['gold '] }, true],
    [{ tiers: ['golden'] }, false],
    [{ tiers: ['gold'], regions: ['apac'] }, false],
  ])('%j ignores upper and lower case', (rule, isMember) => {
    expect(matches(rule, MEMBER)).toBe(isMember);
  });

  it('takes in active partners only', () => {
    expect(matches({}, { ...MEMBER, status: 'invited' })).toBe(false);
  });
});

describe('existing tiers and regions', () => {
  it('are offered once each, as most partners are written', () => {
    expect(distinctTraits(['gold', 'Gold', 'Silver', 'Gold', 'GOLD'])).toEqual(['Gold', 'Silver']);
  });
});
