import { zoneOf } from './contact-clock.js';

describe('a contact’s clock', () => {
  const byCountry = (country: string): string => (country === 'DE' ? 'Europe/Berlin' : 'UTC');

  it.each([
    [
      { timeZone: 'Asia/Tokyo', country: 'DE' },
      { zone: 'Asia/Tokyo', source: 'contact' },
    ],
    [
      { timeZone: null, country: 'DE' },
      { zone: 'Europe/Berlin', source: 'country' },
    ],
    [
      { timeZone: null, country: 'XX' },
      { zone: 'Europe/London', source: 'activation' },
    ],
    [
      { timeZone: null, country: null },
      { zone: 'Europe/London', source: 'activation' },
    ],
    [
      { timeZone: 'Mars/Olympus', country: 'DE' },
      { zone: 'Europe/Berlin', source: 'country' },
    ],
  ])('of %j is %j', (contact, expected) => {
    expect(zoneOf(contact, byCountry, { timeZone: 'Europe/London', timeZoneSource: 'activation' })).toEqual(expected);
  });

  it('is the campaign’s where the partner has none, and says so', () => {
    const activation = { timeZone: 'Asia/Tokyo', timeZoneSource: 'vendor' } as const;
    expect(zoneOf({ timeZone: null, country: null }, byCountry, activation)).toEqual({
      zone: 'Asia/Tokyo',
      source: 'vendor',
    });
  });
});
