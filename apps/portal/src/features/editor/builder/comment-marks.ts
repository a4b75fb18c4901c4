import type { BlockBox } from './block-boxes';

/** Marks of blocks whose first line ends at the same place. */
export interface CommentCorner {
  /** Of the end, in CSS pixels of the e-mail. */
  readonly right: number;
  readonly top: number;
  readonly marks: readonly { readonly number: number; readonly openComments: number }[];
}

/** Corners that are nearer to each other would let their marks overlap. */
const ROOM = 40;

/**
 * Where to mark blocks with open comments. A row, its column and its text often
 * have the same corner.
 * @param open open comments by block.
 */
export function commentCorners(
  boxes: readonly (BlockBox | null)[],
  open: ReadonlyMap<number, number>,
): readonly CommentCorner[] {
  const corners: CommentCorner[] = [];
  for (const [number, openComments] of [...open].sort(([one], [other]) => one - other)) {
    const box = boxes[number];
    if (box === null || box === undefined) continue;
    const corner = { right: box.left + box.width, top: box.top, marks: [{ number, openComments }] };
    const at = corners.findIndex((other) => isNear(other, corner));
    const near = corners[at];
    if (near === undefined) corners.push(corner);
    else corners[at] = { ...near, marks: [...near.marks, ...corner.marks] };
  }
  return corners;
}

const isNear = (one: CommentCorner, other: CommentCorner): boolean =>
  Math.abs(one.right - other.right) < ROOM && Math.abs(one.top - other.top) < ROOM;
