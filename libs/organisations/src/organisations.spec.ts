import { countryOf, isTimeZone } from '#kernel';
import { defaultTimeZone, slugOf } from './index.js';

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
