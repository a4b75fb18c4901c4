import { canContain, type Place, type SourceElement } from '#template-source';
import type { BlockBox } from './block-boxes';

/** Where a dragged block can be dropped, with the line that shows it. */
export interface Drop {
  readonly place: Place;
  readonly line: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

const THICKNESS = 4;
const COLUMNS = ['mj-column', 'mj-group'];

/**
 * The nearest place for a block at a point of the canvas.
 * @param name tag of the dragged block.
 * @param dragged null for a new block.
 */
export function dropAt(
  { x, y }: { readonly x: number; readonly y: number },
  name: string,
  dragged: SourceElement | null,
  blocks: readonly SourceElement[],
  boxes: readonly (BlockBox | null)[],
): Drop | null {
  let nearest: { readonly drop: Drop; readonly distance: number } | null = null;
  for (const [at, block] of blocks.entries()) {
    const box = boxes[at];
    if (box === null || box === undefined || isWithin(block, dragged)) continue;
    const neighbours = block.kind === 'page' ? boxesBeside(block, blocks, boxes) : [];
    const isBeside = COLUMNS.includes(name) || neighbours.some((other) => isSideBySide(box, other));
    for (const drop of dropsOf(block, box, name, isBeside)) {
      // Two blocks meet in one line: the one under the pointer is meant.
      const distance = distanceTo(drop.line, x, y) - (isInside(box, x, y) ? THICKNESS : 0);
      if (nearest === null || distance < nearest.distance) nearest = { drop, distance };
    }
  }
  return nearest?.drop ?? null;
}

const isWithin = (block: SourceElement, dragged: SourceElement | null): boolean =>
  dragged !== null && block.start >= dragged.start && block.end <= dragged.end;

/** The boxes of the blocks before and after a block. */
function boxesBeside(
  block: SourceElement,
  blocks: readonly SourceElement[],
  boxes: readonly (BlockBox | null)[],
): BlockBox[] {
  const siblings = block.parent?.children ?? [];
  const at = siblings.indexOf(block);
  return [siblings[at - 1], siblings[at + 1]].flatMap((one) => (one && boxes[blocks.indexOf(one)]) ?? []);
}

/** Whether two blocks of a page stand in one line, by whatever style. */
const isSideBySide = (one: BlockBox, other: BlockBox): boolean =>
  one.left + one.width <= other.left + 1 || other.left + other.width <= one.left + 1;

function dropsOf(block: SourceElement, box: BlockBox, name: string, isBeside: boolean): Drop[] {
  if (canContain(block, name) && block.children.length === 0)
    return [{ place: { into: block }, line: { ...box, top: box.top + box.height / 2, height: THICKNESS } }];
  if (!canContain(block.parent, name) || block.name === 'tc-else') return [];
  return [false, true].map((after) => ({
    place: { beside: block, after },
    line: isBeside
      ? { ...box, left: box.left + (after ? box.width : 0) - THICKNESS / 2, width: THICKNESS }
      : { ...box, top: box.top + (after ? box.height : 0) - THICKNESS / 2, height: THICKNESS },
  }));
}

const isInside = ({ left, top, width, height }: BlockBox, x: number, y: number): boolean =>
  x >= left && x <= left + width && y >= top && y <= top + height;

function distanceTo({ left, top, width, height }: Drop['line'], x: number, y: number): number {
  const dx = Math.max(left - x, 0, x - left - width);
  const dy = Math.max(top - y, 0, y - top - height);
  return Math.hypot(dx, dy);
}
