import { urlOf } from './web-address.js';

describe('an address of the web', () => {
  it('may have any letters, however often it is asked for', () => {
    for (let n = 0; n < 200_000; n++) urlOf(`https://shop.example/${n % 7}`);
    const read = Array.from({ length: 1_000 }, () => urlOf('https://bücher.example/für')?.href);
    expect(new Set(read)).toEqual(new Set(['https://xn--bcher-kva.example/f%C3%BCr']));
  });

  it('is none where there is no host, or nothing to be relative to', () => {
    expect(['', 'shop', '/shop', 'https://', 'https://a b/'].map((text) => urlOf(text))).toEqual(Array(5).fill(null));
    expect(urlOf('/shop', new URL('https://a.example/b'))?.href).toBe('https://a.example/shop');
  });
});
