import { phoneLink } from './phone.js';

describe('a telephone number for its readers', () => {
  it.each([
    ['0711 9012-0', 'DE', '+49 711 90120', 'tel:+4971190120'],
    ['(030) 1234 567', 'DE', '+49 30 1234567', 'tel:+49301234567'],
    ['+49 (0)30 123456-7', 'AT', '+49 30 1234567', 'tel:+49301234567'],
    ['0049 30 1234567', null, '+49 30 1234567', 'tel:+49301234567'],
    ['020 7946 0958 ext. 12', 'GB', '+44 20 7946 0958 x12', 'tel:+442079460958'],
    ['(206) 555-0142', 'US', '+1 206 555 0142', 'tel:+12065550142'],
    ['06 12 34 56 78', 'FR', '+33 6 12 34 56 78', 'tel:+33612345678'],
    ['02 1234 5678', 'IT', '+39 02 1234 5678', 'tel:+390212345678'],
  ])('%s of %s is %s', (typed, country, text, url) => {
    expect(phoneLink(typed, country)).toEqual({ text, url });
  });

  it('takes the first country in which it is possible', () => {
    expect(phoneLink('0711 90120', null, 'DE').text).toBe('+49 711 90120');
    expect(phoneLink('0711 90120', 'XX', 'DE').text).toBe('+49 711 90120');
  });

  it.each([
    ['020 7946 0958 ext. 12', null, 'tel:02079460958'],
    ['12', 'DE', 'tel:12'],
    ['call me', 'DE', 'tel:'],
  ])('%s of %s stays as it was typed', (typed, country, url) => {
    expect(phoneLink(typed, country)).toEqual({ text: typed, url });
  });
});
