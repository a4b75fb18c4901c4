import type { Rect } from '../../../shared/page-geometry';

/** Placeholders for values of the partner. */
export const KINDS = ['logo', 'contact', 'text', 'qr', 'link'] as const;
/** Layers of a picture that all partners get. `line` does not wrap; a `drawing` has no position of its own. */
const LAYERS = ['copy', 'line', 'picture', 'shape', 'drawing'] as const;
export type BoxKind = (typeof KINDS)[number] | (typeof LAYERS)[number];

/** Style and content of a box, in the property names of its file. */
export interface BoxLook {
  /** Logo: its background. */
  readonly surface?: string;
  /** Slot whose text is shown. */
  readonly slot?: string;
  /** Link of a QR code or area. */
  readonly link?: string;
  /** In the unit of the file. */
  readonly size?: number;
  readonly minSize?: number;
  /** `#rrggbb` */
  readonly color?: string;
  readonly align?: string;
  readonly weight?: string;
  /** Maximum number of characters. */
  readonly max?: number;
  /** Text of the vendor: its key in the catalogues. */
  readonly copy?: string;
  /** Picture: its file. */
  readonly picture?: string;
  /** Picture: whether it fills its box, or is shown whole. */
  readonly fit?: string;
  /** Shape: rounding of its corners. */
  readonly radius?: number;
  /** From 0 to 1. */
  readonly opacity?: number;
}

/** A box for a value of the partner, or a layer of the vendor. */
export interface SlotBox {
  /** Unique in the file. */
  readonly id: string;
  readonly name: string;
  readonly kind: BoxKind;
  readonly look: BoxLook;
  /** Counted from 1. */
  readonly page: number;
  /** Null without a position. */
  readonly rect: Rect | null;
  /**
   * `mark`: the position comes from a field or link of the PDF.
   * A move is written to `campaign.yaml` and overrides it.
   */
  readonly origin: 'written' | 'mark';
  /** A layer without an id of its own: it has no counterpart in other sizes. */
  readonly isUnnamed?: boolean;
  /** Whether the PDF also has a field or link for it. */
  readonly hasMark: boolean;
}

/** New texts of files, by path. */
export type Texts = Readonly<Record<string, string>>;

/**
 * Boxes of one document or picture.
 * Each change returns new texts of the package's files.
 */
export interface BoxFile {
  readonly unit: 'pt' | 'px';
  /** The file that stores the positions. */
  readonly path: string;
  /** Of a picture: its source. */
  readonly text?: string;
  readonly boxes: readonly SlotBox[];
  /** Kinds that can be added. */
  readonly kinds: readonly BoxKind[];
  readonly place: (box: SlotBox, page: number, rect: Rect) => Texts;
  readonly look: (box: SlotBox, look: BoxLook) => Texts;
  readonly rename: (box: SlotBox, name: string) => Texts;
  readonly add: (kind: BoxKind, name: string, page: number, rect: Rect) => Texts;
  readonly remove: (box: SlotBox) => Texts;
  /** Draws a layer before the next one, or after it; null: it is the first or last. Missing: boxes do not overlap. */
  readonly reorder?: (box: SlotBox, step: Reordering) => Texts | null;
  /** Lets partners write a text of the vendor, in this slot. */
  readonly open?: (box: SlotBox, slot: string) => Texts;
  /** Makes a text of partners one of the vendor, with this key. */
  readonly lock?: (box: SlotBox, key: string) => Texts;
  /** Id of a box with this name. */
  readonly idOf: (kind: BoxKind, name: string) => string;
  /** Key in the catalogues for a text of the vendor. */
  readonly keyFor?: (name: string) => string;
}

export type Reordering = 'forward' | 'back';

export const isLayer = ({ kind }: Pick<SlotBox, 'kind'>): boolean => LAYERS.some((layer) => layer === kind);

const SMALLEST = 4;

/**
 * Rounds to whole points or pixels.
 * More precision is invisible and makes the file hard to read.
 */
export const roundRect = ({ x, y, width, height }: Rect): Rect => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.max(SMALLEST, Math.round(width)),
  height: Math.max(SMALLEST, Math.round(height)),
});

/**
 * Moves a rectangle by the least amount that puts it inside `room`, which
 * begins at 0,0.
 */
export function clampRect(
  { x, y, width, height }: Rect,
  room: { readonly width: number; readonly height: number },
): Rect {
  const [wide, high] = [Math.min(width, room.width), Math.min(height, room.height)];
  return {
    x: Math.min(Math.max(x, 0), room.width - wide),
    y: Math.min(Math.max(y, 0), room.height - high),
    width: wide,
    height: high,
  };
}
