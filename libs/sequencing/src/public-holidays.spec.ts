import { CountryHolidays, hasHolidayRegion, publicHolidays } from './public-holidays.js';

const inGermany = (region: string | null, language = 'de') =>
  publicHolidays({ country: 'DE', region, year: 2026, language });

describe('public holidays', () => {
  it('are those of the whole country, and with a region its own beside them', async () => {
    const { regions, days } = await inGermany(null);
    expect(regions).toContainEqual({ code: 'BY', name: 'Bayern' });
    expect(days).toContainEqual({ on: '2026-10-03', name: 'Tag der Deutschen Einheit' });
    const own = (await inGermany('BY')).days.filter(({ on }) => days.every((day) => day.on !== on));
    expect(own.map(({ on }) => on)).toContain('2026-01-06');
  });

  it('have their names in the language that is asked for', async () => {
    expect((await inGermany(null, 'en')).days).toContainEqual({ on: '2026-12-25', name: 'Christmas Day' });
  });

  it('last as long as they do, day by day, each day once and in order', async () => {
    const { days } = await publicHolidays({ country: 'AE', region: null, year: 2026, language: 'en' });
    const dates = days.map(({ on }) => on);
    expect(dates).toEqual(expect.arrayContaining(['2026-03-20', '2026-03-21', '2026-03-22']));
    expect(dates).toEqual([...new Set(dates)].sort());
  });

  it('are none of a country that is not known, and the country’s of a region that is not', async () => {
    expect(await publicHolidays({ country: 'XX', region: null, year: 2026, language: 'en' })).toEqual({
      regions: [],
      days: [],
    });
    expect((await inGermany('__proto__')).days).toEqual((await inGermany(null)).days);
  });
});

describe('public holidays as closed days', () => {
  it('are those of the contact’s country, or of the partner’s where that is unknown', async () => {
    const days = await CountryHolidays.load('GB');
    expect(days.isHoliday('DE', '2026-10-03')).toBe(true);
    expect(days.isHoliday(null, '2026-10-03')).toBe(false);
    expect(days.isHoliday(null, '2026-12-25')).toBe(true);
    expect(days.isHoliday('US', '2026-11-26')).toBe(true);
    expect(days.isHoliday('XX', '2026-12-25')).toBe(false);
    // Not in the whole country.
    expect(days.isHoliday('DE', '2026-01-06')).toBe(false);
  });

  it('are those of the partner’s region, too, for contacts of its country', async () => {
    const days = await CountryHolidays.load('DE', 'BY');
    expect(days.isHoliday('DE', '2026-01-06')).toBe(true);
    expect(days.isHoliday(null, '2026-01-06')).toBe(true);
    expect(days.isHoliday('GB', '2026-01-06')).toBe(false);
    expect(days.isHoliday('AT', '2026-05-14')).toBe(true);
    expect(days.between('2026-01-05', '2026-01-07')).toEqual([{ on: '2026-01-06', name: 'Heilige Drei Könige' }]);
    expect(await hasHolidayRegion('DE', 'BY')).toBe(true);
    expect(await hasHolidayRegion('DE', 'toString')).toBe(false);
    expect((await CountryHolidays.load('DE', 'XX')).isHoliday('DE', '2026-01-06')).toBe(false);
  });

  it('are listed for the partner’s country', async () => {
    const days = await CountryHolidays.load('DE');
    expect(days.between('2026-12-25', '2027-01-01')).toEqual([
      { on: '2026-12-25', name: '1. Weihnachtstag' },
      { on: '2026-12-26', name: '2. Weihnachtstag' },
      { on: '2027-01-01', name: 'Neujahr' },
    ]);
  });

  it('are told apart by country and region alone where a plan is compared with another', async () => {
    expect(JSON.stringify(await CountryHolidays.load('DE'))).toBe('{"country":"DE","region":null}');
  });
});
