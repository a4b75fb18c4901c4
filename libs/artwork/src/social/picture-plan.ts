import type { FontWeight } from '../fonts.js';
import type { Surface } from '../document/document-slot.js';

/** Pixels from the picture's upper left. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TextPlace extends PixelBox {
  readonly name: string;
  readonly maxChars: number;
  /** Pixels. Reduced to `minSize` before a text is refused. */
  readonly size: number;
  readonly minSize: number;
  readonly colour: string;
  readonly weight: FontWeight;
  /** In reading direction: right-to-left text starts at the right. */
  readonly align: 'start' | 'centre' | 'end';
}

export interface LogoPlace extends PixelBox {
  /** The surface that the author declares. The measured pixels decide. */
  readonly surface: Surface;
  /** Of a logo that is narrower than its box. Missing: left. */
  readonly align?: 'left' | 'center' | 'right';
}

/** Everything that composing a picture needs besides its pixels. */
export interface PicturePlan {
  readonly width: number;
  readonly height: number;
  readonly logo: LogoPlace | null;
  readonly texts: readonly TextPlace[];
  /**
   * SHA-256 of the vendor's pixels (red, green, blue, from the upper left).
   * Every partner's picture keeps them outside its boxes.
   */
  readonly pixelsHash: string;
}

const MAGIC = 'throughline/picture@1';

/**
 * One blob: a line with the plan's length, the plan, the vendor's pixels as
 * PNG.
 */
export function packPicture(plan: PicturePlan, png: Buffer): Buffer {
  const bytes = Buffer.from(JSON.stringify(plan));
  return Buffer.concat([Buffer.from(`${MAGIC} ${bytes.length}\n`), bytes, png]);
}

/** @throws Error when the blob is none that `packPicture` made. */
export function unpackPicture(blob: Buffer): { readonly plan: PicturePlan; readonly png: Buffer } {
  const head = blob.subarray(0, 60).toString('latin1').split('\n', 1)[0] ?? '';
  const [magic, length] = head.split(' ');
  if (magic !== MAGIC) throw new Error('This is not a prepared picture of this version. Publish the campaign again.');
  const from = head.length + 1;
  const to = from + Number(length);
  // The bytes were written by `packPicture` and are addressed by their hash.
  return { plan: JSON.parse(blob.toString('utf8', from, to)) as PicturePlan, png: blob.subarray(to) };
}
