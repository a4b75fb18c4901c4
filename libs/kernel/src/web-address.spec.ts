import { urlOf } from './web-address.js';

describe('a web address', () => {
  it('may have any letters, however many are parsed', () => {
    for (let n = 0; n < 200_000; n++) urlOf(`https://shop.example/${n % 7}`);
    const read = Array.from({ length: 1_000 }, () => urlOf('https://bücher.example/für')?.href);
    expect(new Set(read)).toEqual(new Set(['https://xn--bcher-kva.example/f%C3%BCr']));
  });

  it('is null without a host, or without a base for a relative one', () => {
    expect(['', 'shop', '/shop', 'https://', 'https://a b/'].map((text) => urlOf(text))).toEqual(Array(5).fill(null));
    expect(urlOf('/shop', new URL('https://a.example/b'))?.href).toBe('https://a.example/shop');
  });
});
