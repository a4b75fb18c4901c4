import { countryOf } from './country.js';

describe('a country by its code', () => {
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
  ])('is read of %j as %j', (text, code) => {
    expect(countryOf(text)).toBe(code);
  });
});
