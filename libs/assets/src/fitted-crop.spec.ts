import { fittedCrop } from './fitted-crop.js';

const LANDSCAPE = { width: 1600, height: 900 };
const PORTRAIT = { width: 900, height: 1600 };
const CUT = { x: 0.1, y: 0.2, width: 0.5, height: 0.25 };

describe('the cut of a picture that replaces another', () => {
  it('is the same in a picture of the same shape', () => {
    expect(fittedCrop(CUT, LANDSCAPE, { width: 3200, height: 1800 }, null)).toEqual(CUT);
    expect(fittedCrop(null, LANDSCAPE, LANDSCAPE, null)).toBeNull();
  });

  it('keeps its form in a picture of another shape', () => {
    const fitted = fittedCrop(CUT, LANDSCAPE, PORTRAIT, null)!;
    const shape = (fitted.width * PORTRAIT.width) / (fitted.height * PORTRAIT.height);
    expect(shape).toBeCloseTo((0.5 * 1600) / (0.25 * 900), 5);
    expect(fitted.width).toBe(1);
  });

  it('is around what matters, and never outside', () => {
    const low = fittedCrop(null, LANDSCAPE, PORTRAIT, { x: 0.5, y: 1 })!;
    expect(low.y + low.height).toBeCloseTo(1, 10);
    const high = fittedCrop(null, LANDSCAPE, PORTRAIT, { x: 0.5, y: 0.1 })!;
    expect(high.y).toBe(0);
  });
});
