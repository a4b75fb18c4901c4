import { cssPosition } from './slot-boxes';

describe('the position of a slot on a page or picture', () => {
  it('is in percent, with space for an outline', () => {
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
