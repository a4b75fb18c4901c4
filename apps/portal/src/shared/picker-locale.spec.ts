import { pickerLocale, usesHalfDays } from './picker-locale';
import { localeIn } from './user-locale';

describe('the date format of a person', () => {
  it.each([
    ['en-GB', null, 'en-gb', 1],
    ['en-US', null, 'en', 0],
    ['en-US', 1, 'en', 1],
    ['de-AT', null, 'de', 1],
    ['en-GB', 7, 'en-gb', 0],
    ['en-DE', 6, 'en-gb', 6],
  ] as const)('in %s, with weeks from %s, is %s from day %i', (locale, weekStartsOn, picker, firstDayOfWeek) => {
    expect(pickerLocale(locale, weekStartsOn)).toEqual({ locale: picker, firstDayOfWeek });
  });

  it('is British or American English, or English with German numbers', () => {
    const day = new Date('2026-12-31T15:00:00Z');
    const shown = (region: string): string =>
      new Intl.DateTimeFormat(localeIn('en', region), { dateStyle: 'short', timeZone: 'UTC' }).format(day);
    expect([shown('GB'), shown('US'), shown('DE')]).toEqual(['31/12/2026', '12/31/26', '31/12/2026']);
    const number = (region: string): string => new Intl.NumberFormat(localeIn('en', region)).format(12_345.6);
    expect([number('GB'), number('US'), number('DE')]).toEqual(['12,345.6', '12,345.6', '12.345,6']);
    expect(['GB', 'US', 'DE'].map((region) => usesHalfDays(localeIn('en', region)))).toEqual([false, true, false]);
  });
});
