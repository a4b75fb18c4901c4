import { placeOn } from './sheet-places';

describe('where a slot stands on a page or picture', () => {
  it('is said in shares of it', () => {
    const box = { slot: 'headline', x: 60, y: 313.5, width: 600, height: 62.7 };
    expect(placeOn({ width: 1200, height: 627 }, box)).toEqual({
      name: 'headline',
      left: '5.000%',
      top: '50.000%',
      width: '50.000%',
      height: '10.000%',
    });
  });
});
