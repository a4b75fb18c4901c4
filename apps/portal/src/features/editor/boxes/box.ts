import type { Rect } from '../../../shared/page-geometry';

export const KINDS = ['logo', 'contact', 'text', 'qr', 'link'] as const;
export type BoxKind = (typeof KINDS)[number];

/** What a place looks like and is filled with, by what its file calls it. */
export interface BoxLook {
  /** Of a logo: on what it stands. */
  readonly surface?: string;
  /** The campaign's slot whose words stand there. */
  readonly slot?: string;
  /** The campaign's link where a QR code or an area leads. */
  readonly link?: string;
  /** In the unit of the file. */
  readonly size?: number;
  readonly minSize?: number;
  /** `#rrggbb` */
  readonly color?: string;
  readonly align?: string;
  readonly weight?: string;
  /** Characters that fit. */
  readonly max?: number;
}

/** A place for a value of the partner's. */
export interface SlotBox {
  /** One of a kind among all places of the file. */
  readonly id: string;
  readonly name: string;
  readonly kind: BoxKind;
  readonly look: BoxLook;
  /** Counted from 1. */
  readonly page: number;
  /** Null where nothing says where it stands. */
  readonly rect: Rect | null;
  /** `mark`: a field or link of the PDF says where; moved, it is written down and counts no more. */
  readonly origin: 'written' | 'mark';
  /** Whether the PDF has a field or link for it besides. */
  readonly hasMark: boolean;
}

/** New texts of files, by path. */
export type Texts = Readonly<Record<string, string>>;

/** The places of one document or picture, and every change to them as changes of the package's files. */
export interface BoxFile {
  readonly unit: 'pt' | 'px';
  /** The file that says where they are. */
  readonly path: string;
  readonly boxes: readonly SlotBox[];
  /** Kinds of which there can be one more. */
  readonly kinds: readonly BoxKind[];
  readonly place: (box: SlotBox, page: number, rect: Rect) => Texts;
  readonly look: (box: SlotBox, look: BoxLook) => Texts;
  readonly rename: (box: SlotBox, name: string) => Texts;
  readonly add: (kind: BoxKind, name: string, page: number, rect: Rect) => Texts;
  readonly remove: (box: SlotBox) => Texts;
}

const SMALLEST = 4;

/** Whole points and pixels: nobody sees the rest, and the file stays readable. */
export const roundRect = ({ x, y, width, height }: Rect): Rect => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.max(SMALLEST, Math.round(width)),
  height: Math.max(SMALLEST, Math.round(height)),
});

/** As near to where it is wanted as it stands wholly within `room`, which begins at 0,0. */
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
