import { isFromForeignPage } from './foreign-pages.js';

const host = 'localhost:3000';

describe('a request that moves time', () => {
  it.each([
    ['the page itself', { host, origin: 'http://localhost:3000' }],
    ['the page itself, whose origin the browser hides', { host, origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['a bookmark', { host, 'sec-fetch-site': 'none' }],
    ['a program', { host }],
  ])('is accepted from %s', (_, headers) => {
    expect(isFromForeignPage(headers)).toBe(false);
  });

  it.each([
    ['another site', { host, origin: 'https://evil.example' }],
    ['another port', { host, origin: 'http://localhost:1080' }],
    ['another port of the same site', { host, origin: 'http://localhost:1080', 'sec-fetch-site': 'same-site' }],
    ['a page that hides its origin', { host, origin: 'null' }],
    ['what is no origin at all', { host, origin: '::' }],
    ['another site that hides its origin', { host, origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ])('is refused from %s', (_, headers) => {
    expect(isFromForeignPage(headers)).toBe(true);
  });
});
