import { newId, type PartnerId } from '#kernel';
import { matches, slugOf } from './index.js';

describe('a partner group', () => {
  const member = {
    tier: 'gold',
    region: 'emea',
    countryCode: 'DE',
    partnerId: newId<PartnerId>(),
    status: 'active',
  } as const;

  it('takes every active member when its rule is empty', () => {
    expect(matches({}, member)).toBe(true);
  });

  it('requires every given list to contain the member', () => {
    expect(matches({ tiers: ['gold', 'silver'], regions: ['emea'] }, member)).toBe(true);
    expect(matches({ tiers: ['gold'], countries: ['FR'] }, member)).toBe(false);
    expect(matches({ partnerIds: [member.partnerId] }, member)).toBe(true);
  });

  it('excludes invited members', () => {
    expect(matches({}, { ...member, status: 'invited' })).toBe(false);
  });
});

describe('a slug', () => {
  it.each([
    ['Müller & Söhne GmbH', 'muller-sohne-gmbh'],
    ['  Kessler Straße  ', 'kessler-strasse'],
    ['شركة', ''],
  ])('of %s is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});
