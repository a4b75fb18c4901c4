import { commentCorners } from './comment-marks';

const box = (left: number, top: number, width: number) => ({ left, top, width, height: 50 });

describe('marks of open comments', () => {
  it('stand at the end of their blocks, and blocks without a place have none', () => {
    const open = new Map([
      [1, 1],
      [2, 3],
      [7, 1],
    ]);
    expect(commentCorners([box(0, 0, 600), null, box(20, 100, 200)], open)).toEqual([
      { right: 220, top: 100, marks: [{ number: 2, openComments: 3 }] },
    ]);
  });

  it('of a row and its text stand side by side', () => {
    const open = new Map([
      [2, 1],
      [0, 2],
      [1, 1],
    ]);
    const corners = commentCorners([box(0, 0, 600), box(0, 0, 200), box(0, 4, 590)], open);
    expect(corners.map(({ marks }) => marks.map(({ number }) => number))).toEqual([[0, 2], [1]]);
  });
});
