import { cropFor, isWhole, pixelsOf, sharesOf } from './crop-shares';

describe('a cut of a picture', () => {
  it('is the largest of a shape, in the middle', () => {
    expect(cropFor({ width: 1600, height: 900 }, 1)).toEqual({ x: 0.21875, y: 0, width: 0.5625, height: 1 });
    expect(cropFor({ width: 900, height: 1600 }, 1)).toEqual({ x: 0, y: 0.21875, width: 1, height: 0.5625 });
  });

  it('has shares of 0 to 1, and size in pixels', () => {
    const shares = sharesOf({ x: -0.001, y: 10, width: 50, height: 90.01 });
    expect(shares).toEqual({ x: 0, y: 0.1, width: 0.5, height: 0.9 });
    expect(pixelsOf(shares, { width: 1600, height: 900 })).toEqual({ width: 800, height: 810 });
  });

  it('is none if it is the whole picture', () => {
    expect(isWhole({ x: 0, y: 0, width: 1, height: 0.9999 })).toBe(true);
    expect(isWhole({ x: 0, y: 0, width: 0.9, height: 1 })).toBe(false);
  });
});
