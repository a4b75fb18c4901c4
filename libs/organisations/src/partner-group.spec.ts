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

  it('takes in chosen partners only, and never an excepted one', () => {
    const { partnerId } = MEMBER;
    const other = newId<PartnerId>();
    expect(matches({ partnerIds: [partnerId, other] }, MEMBER)).toBe(true);
    expect(matches({ partnerIds: [other] }, MEMBER)).toBe(false);
    expect(matches({ tiers: ['gold'], exceptPartnerIds: [other] }, MEMBER)).toBe(true);
    expect(matches({ tiers: ['gold'], exceptPartnerIds: [partnerId] }, MEMBER)).toBe(false);
    expect(matches({ partnerIds: [partnerId], exceptPartnerIds: [partnerId] }, MEMBER)).toBe(false);
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
