import type { PictureCut } from '#assets';
import { pictureProblem } from './picture-slots.js';

const cut = (width: number, height: number): PictureCut => ({ name: 'a.png', width, height });
const place = (ratio: readonly [number, number] | null, minWidth = 600) => ({
  name: 'hero.picture',
  picture: { ratio, minWidth, suggested: null },
});

describe('a partner’s picture in a place of a newer version', () => {
  it.each([
    ['fits a place of its shape', cut(1200, 600), place([2, 1]), undefined],
    ['fits a place of any shape', cut(900, 700), place(null), undefined],
    ['fits no place of another shape', cut(1200, 600), place([1, 1]), 'picture-shape'],
    ['fits no larger place', cut(1200, 600), place([2, 1], 1300), 'picture-small'],
    ['fits nowhere if it is another partner’s', undefined, place([2, 1]), 'picture-unknown'],
  ])('%s', (_, own, where, expected) => {
    expect(pictureProblem(own, where, 'Picture')?.code).toBe(expected);
  });
});
