import { cssPosition } from './slot-boxes';

describe('where a slot stands on a page or picture', () => {
  it('is said in shares of it, with room for a line around the words', () => {
    const box = { slot: 'headline', x: 60, y: 313.5, width: 600, height: 62.7 };
    expect(cssPosition({ width: 1200, height: 627 }, box)).toEqual({
      name: 'headline',
      left: 'calc(5.000% - 4px)',
      top: 'calc(50.000% - 4px)',
      width: 'calc(50.000% + 8px)',
      height: 'calc(10.000% + 8px)',
    });
  });
});
