import fc from 'fast-check';
import { hasBareLineEnd, withCrlf } from './line-ends.js';

describe('line ends', () => {
  it.each([
    ['a\r\nb\r\n', 'a\r\nb\r\n', false],
    ['a\nb', 'a\r\nb', true],
    ['a\rb', 'a\r\nb', true],
    ['a\r', 'a\r\n', true],
    ['\na', '\r\na', true],
    ['a\n\r\nb', 'a\r\n\r\nb', true],
    ['a\r\r\nb', 'a\r\n\r\nb', true],
    ['.\n.\nMAIL', '.\r\n.\r\nMAIL', true],
    ['', '', false],
  ])('of %j become %j (bare: %s)', (text, normal, bare) => {
    expect(hasBareLineEnd(Buffer.from(text))).toBe(bare);
    expect(withCrlf(Buffer.from(text)).toString()).toBe(normal);
  });

  it('are CRLF alone afterwards, and other bytes stay', () => {
    const bytes = fc.array(fc.constantFrom('\r', '\n', '.', 'a', 'é'), { maxLength: 40 });
    fc.assert(
      fc.property(bytes, (pieces) => {
        const text = pieces.join('');
        const normal = withCrlf(Buffer.from(text));
        expect(hasBareLineEnd(normal)).toBe(false);
        expect(normal.toString().replace(/[\r\n]/g, '')).toBe(text.replace(/[\r\n]/g, ''));
      }),
    );
  });
});
