import { phoneUrl } from './phone-url.js';

describe('the link that calls a number', () => {
  it.each([
    ['+49 (0)30 123456-7', 'tel:+49301234567'],
    ['020 7946 0958 ext. 12', 'tel:02079460958'],
    ['(030) 1234 567', 'tel:0301234567'],
    [' +1-555-0100 x9', 'tel:+15550100'],
  ])('of %s dials its digits', (phone, url) => {
    expect(phoneUrl(phone)).toBe(url);
  });
});
