import fc from 'fast-check';
import { contrast, MIN_CONTRAST } from '#rendering';
import { type Hex, nearestReadable, parseHex, readableOn } from './contrast.js';

const hex = fc.integer({ min: 0, max: 0xffffff }).map((n): Hex => `#${n.toString(16).padStart(6, '0')}`);

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#ff0000', '#ffffff', 4],
    ['#123456', '#123456', 1],
  ] as const)('of %s on %s is %d, as WCAG computes it', (a, b, ratio) => {
    expect(contrast(a, b)).toBeCloseTo(ratio, 1);
  });

  it('can always be reached by black or white', () => {
    fc.assert(fc.property(hex, (background) => contrast(readableOn(background), background) >= MIN_CONTRAST));
  });

  it('is enough in every suggestion, and a colour that is readable is left alone', () => {
    fc.assert(
      fc.property(hex, hex, (colour, background) => {
        const suggestion = nearestReadable(colour, background);
        expect(contrast(suggestion, background)).toBeGreaterThanOrEqual(MIN_CONTRAST);
        if (contrast(colour, background) >= MIN_CONTRAST) expect(suggestion).toBe(colour);
      }),
    );
  });

  it.each([
    ['#ABC', '#aabbcc'],
    ['0b5cad', '#0b5cad'],
    ['red', null],
    ['#12345', null],
    ['#123456; background: url(x)', null],
  ])('reads the colour %s', (input, colour) => {
    expect(parseHex(input)).toBe(colour);
  });
});
