import { readerLocale } from './reader-locale.js';

const dayIn = (locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: 'UTC' }).format(new Date('2026-12-31T15:00:00Z'));

describe('the locale of a reader', () => {
  it.each([
    ['en', { countryCode: 'GB' }, 'en-GB', '31/12/2026'],
    ['en', { countryCode: 'US' }, 'en-US', '12/31/26'],
    ['en', { countryCode: 'US', region: 'GB' }, 'en-GB', '31/12/2026'],
    ['en', { countryCode: 'DE' }, 'en-001', '31/12/2026'],
    ['en', {}, 'en-001', '31/12/2026'],
    ['de', { countryCode: 'AT' }, 'de-AT', '31.12.26'],
    ['de', { countryCode: 'GB', region: null }, 'de', '31.12.26'],
    ['de-CH', { countryCode: null, region: 'CH' }, 'de-CH', '31.12.26'],
  ])('of %s, %j, is %s and writes %s', (language, place, locale, day) => {
    expect(readerLocale(language, place)).toBe(locale);
    expect(dayIn(locale)).toBe(day);
  });
});
