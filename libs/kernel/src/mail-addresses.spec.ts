import { addressesIn, maskAddresses } from './mail-addresses.js';

describe('mail addresses in a text', () => {
  it.each([
    ['To: Ada <ada@example.com>, "b@c.example"', ['ada@example.com', 'b@c.example']],
    ['bounce+ada=example.org@returns.example', ['bounce+ada=example.org@returns.example']],
    [`${'a'.repeat(65)}@example.com @example.com a@ a@b@c`, []],
    ['', []],
  ])('are found in %j', (text, addresses) => {
    expect(addressesIn(text)).toEqual(addresses);
  });

  it.each([
    ['550 5.1.1 <ada@example.com>: unknown', '550 5.1.1 <…>: unknown'],
    ['to=ada@example.com, relay=none', 'to=…, relay=none'],
    ['a@b@c and @ alone', '… and … alone'],
    ['none', 'none'],
  ])('are masked in %j', (text, masked) => {
    expect(maskAddresses(text, '…')).toBe(masked);
  });

  it('are masked only where the caller wants it', () => {
    expect(maskAddresses('@nestjs/core, a@b.example', '…', (local) => local !== '')).toBe('@nestjs/core, …');
  });

  it.each([['a'.repeat(500_000)], ['@'.repeat(500_000)], ['a@'.repeat(250_000)], ['a@b '.repeat(125_000)]])(
    'are found in linear time, in %#',
    (text) => {
      const start = performance.now();
      addressesIn(text);
      maskAddresses(text, '…');
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});
