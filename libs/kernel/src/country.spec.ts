import { countryOf } from './country.js';

describe('a country code', () => {
  it.each([
    ['DE', 'DE'],
    ['de', 'DE'],
    ['UK', 'GB'],
    ['XK', 'XK'],
    ['XX', null],
    ['ZZ', null],
    ['EU', null],
    ['D', null],
    ['DEU', null],
    ['', null],
    ['<b', null],
  ])('is normalised from %j to %j', (text, code) => {
    expect(countryOf(text)).toBe(code);
  });
});
