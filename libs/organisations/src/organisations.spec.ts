import { countryOf, isTimeZone, newId, type PartnerId } from '#kernel';
import { defaultTimeZone, matches, slugOf } from './index.js';

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

describe('the time zone of a country', () => {
  const LETTERS = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n));
  const COUNTRIES = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter((code) => countryOf(code) === code);

  it('is known for every country of ISO 3166-1 that has inhabitants', () => {
    // Antarctica has several and no majority; the other two have no inhabitants.
    const without = COUNTRIES.filter((code) => defaultTimeZone(code) === 'UTC');
    expect(without.filter((code) => !['AQ', 'BV', 'HM'].includes(code))).toEqual([]);
    expect(COUNTRIES.filter((code) => !isTimeZone(defaultTimeZone(code)))).toEqual([]);
  });

  it.each([
    ['TH', 'Asia/Bangkok'],
    ['PH', 'Asia/Manila'],
    ['TR', 'Europe/Istanbul'],
    ['NO', 'Europe/Oslo'],
    ['US', 'America/New_York'],
    ['RU', 'Europe/Moscow'],
    ['AQ', 'UTC'],
  ])('of %s is %s', (country, zone) => {
    expect(defaultTimeZone(country)).toBe(zone);
  });
});
